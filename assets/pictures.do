# The pictures of the README, painted without a display. From the project's folder, with MNIST in DIR:
#
#     XDG_STATE_HOME=$(mktemp -d) XDG_DATA_HOME=$(mktemp -d) inkling --do assets/pictures.do --data DIR

load-data
wait idle
draw assets/seven.unp 0
wait idle
screenshot assets/draw.png

view models
wait idle
screenshot assets/models.png

# Against a run whose learning rate is too low.
view train
recipe nielsen-30
set rate 0.1
start
wait idle
set rate 3
start
wait epoch 21
screenshot assets/train.png
stop
wait idle

# What the book's first network makes of the same seven, and how it reads all test images.
model nielsen-30
dismiss
view inspect
show-change
wait idle
screenshot assets/inspect.png
evaluate test
wait idle
wait idle
screenshot assets/evaluation.png

# The same images disturbed, against the built-in model; the map; and labels that may be wrong.
measure-robust
wait idle
wait idle
model best
dismiss
evaluate test
wait idle
wait idle
measure-robust
wait idle
wait idle
screenshot assets/robust.png
map-neighbours
wait 0.2
wait idle
wait idle
screenshot assets/map.png
find-suspects
wait idle
wait idle
choose-suspect 59915
relabel 7
screenshot assets/suspects.png

# A gate of a perceptron, and the ball on the real cost.
view learn
lesson perceptron gates
set w1 -2
set w2 -2
set b 3
wait idle
screenshot assets/learn.png
lesson descent roll
wait idle
set eta 0.3
set step 8
screenshot assets/descent.png
