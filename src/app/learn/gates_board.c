/* SPDX-License-Identifier: MIT */
#include "app/learn/gates_board.h"

#include <math.h>

enum {
    INPUT_SIDE = 44,
    PORT = 16, /* beside an input, where a wire begins */
    OUTPUT_WIDTH = 76,
    OUTPUT_HEIGHT = 40,
    GATE_MOST = 84,
    GATE_HEIGHT = 44,
    GATE_NUMBERS = 60, /* as high with numbers at it */
    BESIDE = 10,       /* between one gate and the next below it */
    LANE = 12,         /* as much of the height a lane takes */
    PIN = 18,
    PIN_NUMBERS = 34,
    WAITING = 64, /* the width of a gate that waits */
};

static int find_gate(int source)
{
    return circuit_source_gate(source);
}

/* ---- columns --------------------------------------------------------------------------------- */

static bool is_used(const struct circuit *circuit, int gate)
{
    int source = circuit_gate_source(gate);
    bool used =
        circuit->from[gate][0] != CIRCUIT_NOTHING || circuit->from[gate][1] != CIRCUIT_NOTHING;
    for (int i = 0; i < circuit->gates; i++)
        used |= circuit->from[i][0] == source || circuit->from[i][1] == source;
    for (int i = 0; i < circuit->outputs; i++)
        used |= circuit->output[i] == source;
    return used;
}

static void lead_to(struct gates_board *board, int source, int column)
{
    if (source != CIRCUIT_NOTHING && board->last[source] < column)
        board->last[source] = column;
}

static void choose_columns(const struct circuit *circuit, struct gates_board *board)
{
    int depths[CIRCUIT_GATES_MAX];
    circuit_depths(circuit, depths);
    board->columns = 1;
    for (int i = 0; i < circuit->gates; i++) {
        board->column[i] = is_used(circuit, i) ? depths[i] : 0;
        board->columns = board->column[i] > board->columns ? board->column[i] : board->columns;
    }
    for (int i = 0; i < circuit->gates; i++)
        for (int pin = 0; pin < CIRCUIT_PINS; pin++)
            lead_to(board, circuit->from[i][pin], board->column[i]);
    for (int i = 0; i < circuit->outputs; i++)
        lead_to(board, circuit->output[i], board->columns + 1);
}

int gates_board_columns(const struct circuit *circuit)
{
    struct gates_board board = {0};
    choose_columns(circuit, &board);
    return board.columns;
}

static void place_columns(struct ui_rect rect, bool numbers, struct gates_board *board)
{
    float columns = (float)board->columns, most = GATE_MOST + (numbers ? PIN_NUMBERS - PIN : 0);
    float width = fminf(most, rect.w / columns * 0.6f);
    float gap = (rect.w - columns * width) / (columns + 1);
    board->gate_height = numbers ? GATE_NUMBERS : GATE_HEIGHT;
    board->pin_width = numbers ? PIN_NUMBERS : fminf(PIN, floorf(width * 0.3f));
    for (int i = 1; i <= board->columns; i++) {
        board->left[i] = rect.x + gap + (float)(i - 1) * (width + gap);
        board->right[i] = board->left[i] + width;
    }
    board->left[board->columns + 1] = rect.x + rect.w;
}

/* ---- heights --------------------------------------------------------------------------------- */

/* What stands in a column, or goes through it, from the top. */
struct slot {
    int source;
    float wish, height;
};

static float wish_of(const struct circuit *circuit, const struct gates_board *board, int source,
                     int column)
{
    int gate = find_gate(source), count = 0;
    float sum = 0;
    if (gate < 0 || board->column[gate] != column)
        return board->lane[column - 1][source];
    for (int pin = 0; pin < CIRCUIT_PINS; pin++) {
        int from = circuit->from[gate][pin];
        if (from == CIRCUIT_NOTHING)
            continue;
        sum += board->lane[column - 1][from];
        count++;
    }
    return count > 0 ? sum / (float)count : -1;
}

static void insert(struct slot *slots, int count, struct slot slot)
{
    int at = count;
    for (; at > 0 && slots[at - 1].wish > slot.wish; at--)
        slots[at] = slots[at - 1];
    slots[at] = slot;
}

static int find_slots(const struct circuit *circuit, const struct gates_board *board, int column,
                      struct ui_rect rect, struct slot *slots)
{
    int count = 0;
    for (int source = 0; source < CIRCUIT_SOURCES; source++) {
        int gate = find_gate(source);
        bool there = gate < 0 ? source < circuit->inputs : gate < circuit->gates;
        bool here = there && gate >= 0 && board->column[gate] == column;
        bool passes =
            there && board->last[source] > column && (gate < 0 || board->column[gate] < column);
        if (!here && !passes)
            continue;
        struct slot slot = {source, wish_of(circuit, board, source, column),
                            here ? board->gate_height + BESIDE : LANE};
        if (slot.wish < 0)
            slot.wish = rect.y + rect.h / 2;
        insert(slots, count++, slot);
    }
    return count;
}

/* As near to where each wants to be as the others and the edges let it; all lower where there is
 * too little room. */
static void spread(struct slot *slots, int count, struct ui_rect rect)
{
    float all = 0, scale, bottom = rect.y, end = rect.y + rect.h;
    for (int i = 0; i < count; i++)
        all += slots[i].height;
    scale = fminf(1, rect.h / fmaxf(all, 1));
    for (int i = 0; i < count; i++) {
        slots[i].height *= scale;
        slots[i].wish = fmaxf(slots[i].wish, bottom + slots[i].height / 2);
        bottom = slots[i].wish + slots[i].height / 2;
    }
    for (int i = count - 1; i >= 0; i--) {
        slots[i].wish = fminf(slots[i].wish, end - slots[i].height / 2);
        end = slots[i].wish - slots[i].height / 2;
    }
}

static void place_column(const struct circuit *circuit, int column, struct ui_rect rect,
                         struct gates_board *board)
{
    struct slot slots[CIRCUIT_SOURCES];
    int count = find_slots(circuit, board, column, rect, slots);
    spread(slots, count, rect);
    for (int i = 0; i < count; i++) {
        int gate = find_gate(slots[i].source);
        board->lane[column][slots[i].source] = slots[i].wish;
        if (gate < 0 || board->column[gate] != column)
            continue;
        float height = fminf(board->gate_height, slots[i].height * 0.86f);
        board->gates[gate] = (struct ui_rect){board->left[column], slots[i].wish - height / 2,
                                              board->right[column] - board->left[column], height};
    }
}

/* ---- the edges of the board ------------------------------------------------------------------ */

static void place_inputs(const struct circuit *circuit, struct ui_rect rect,
                         struct gates_board *board)
{
    float pitch = fminf(96, rect.h / (float)circuit->inputs);
    for (int i = 0; i < circuit->inputs; i++) {
        float y = rect.y + rect.h / 2 + ((float)i - (float)(circuit->inputs - 1) / 2) * pitch;
        board->inputs[i] = (struct ui_rect){rect.x, y - INPUT_SIDE / 2.0f, INPUT_SIDE, INPUT_SIDE};
        board->lane[0][i] = y;
    }
    board->right[0] = rect.x + INPUT_SIDE + PORT;
}

static void place_outputs(const struct circuit *circuit, struct ui_rect rect,
                          struct gates_board *board)
{
    float pitch = fminf(96, rect.h / (float)circuit->outputs);
    for (int i = 0; i < circuit->outputs; i++) {
        float y = rect.y + rect.h / 2 + ((float)i - (float)(circuit->outputs - 1) / 2) * pitch;
        board->outputs[i] = (struct ui_rect){rect.x + rect.w - OUTPUT_WIDTH,
                                             y - OUTPUT_HEIGHT / 2.0f, OUTPUT_WIDTH, OUTPUT_HEIGHT};
    }
}

/* Gates without wires, from the left; cuts their rows off the bottom. */
static void place_waiting(const struct circuit *circuit, bool numbers, struct ui_rect *rect,
                          struct gates_board *board)
{
    float width = numbers ? GATE_MOST + PIN_NUMBERS - PIN : WAITING;
    float height = numbers ? GATE_NUMBERS : GATE_HEIGHT;
    int waiting = 0, fit = ui_columns_fit(*rect, width, UI_BETWEEN);
    for (int i = 0; i < circuit->gates; i++)
        waiting += board->column[i] == 0;
    if (waiting == 0)
        return;
    int rows = (waiting + fit - 1) / fit;
    float pitch = height + UI_GAP;
    struct ui_rect tray = ui_cut_bottom(rect, (float)rows * pitch);
    ui_cut_bottom(rect, UI_BETWEEN);
    for (int i = 0, place = 0; i < circuit->gates; i++) {
        if (board->column[i] > 0)
            continue;
        board->gates[i] = ui_cell(tray, place++, fit, width, height, UI_GAP);
        board->gates[i].x += (float)((place - 1) % fit) * (UI_BETWEEN - UI_GAP);
    }
}

void gates_board_lay(const struct circuit *circuit, bool numbers, struct ui_rect rect,
                     struct gates_board *board)
{
    *board = (struct gates_board){.columns = 1};
    choose_columns(circuit, board);
    place_waiting(circuit, numbers, &rect, board);
    place_inputs(circuit, rect, board);
    place_outputs(circuit, rect, board);
    struct ui_rect middle = rect;
    ui_cut_left(&middle, INPUT_SIDE + PORT);
    ui_cut_right(&middle, OUTPUT_WIDTH);
    place_columns(middle, numbers, board);
    for (int i = 1; i <= board->columns; i++)
        place_column(circuit, i, rect, board);
}

/* ---- parts ----------------------------------------------------------------------------------- */

struct ui_rect gates_board_pin(const struct gates_board *board, int gate, int pin)
{
    struct ui_rect rect = board->gates[gate];
    return (struct ui_rect){rect.x, rect.y + (float)pin * rect.h / 2, board->pin_width, rect.h / 2};
}

struct ui_rect gates_board_body(const struct gates_board *board, int gate)
{
    struct ui_rect rect = board->gates[gate];
    ui_cut_left(&rect, board->pin_width);
    return rect;
}

struct ui_rect gates_board_port(const struct gates_board *board, int input)
{
    struct ui_rect rect = board->inputs[input];
    return (struct ui_rect){rect.x + rect.w, rect.y + rect.h / 2 - PORT, PORT, 2 * PORT};
}
