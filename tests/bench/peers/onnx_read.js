// SPDX-License-Identifier: MIT
// Reads with the networks that torch_read.py --onnx wrote, in ONNX Runtime on one thread, and prints one
// JSON object: node onnx_read.js FOLDER IMAGES RUNS. IMAGES is a file of 1,000 x 784 floats.
// It needs the package onnxruntime-node, found by NODE_PATH or beside this file.
'use strict';
const fs = require('fs');
const path = require('path');
const ort = require('onnxruntime-node');

const LEN = 784, IMAGES = 1000, BLOCKS = [1000, 100], ROUNDS = 3, WARM_UP = 100;

function median(values) {
    const sorted = [...values].sort((a, b) => a - b), n = sorted.length;
    return (sorted[(n - 1) >> 1] + sorted[n >> 1]) / 2;
}

function cut(floats, count) {
    const feeds = [];
    for (let at = 0; at < floats.length; at += count * LEN)
        feeds.push({x: new ort.Tensor('float32', floats.subarray(at, at + count * LEN),
                                      [count, 1, 28, 28])});
    return feeds;
}

async function timeReading(session, feeds) {
    const begin = process.hrtime.bigint();
    for (const feed of feeds)
        await session.run(feed);
    return Number(process.hrtime.bigint() - begin) / 1e9;
}

async function timeSingles(session, floats, runs) {
    const feeds = cut(floats, 1), figures = [];
    await timeReading(session, feeds.slice(0, WARM_UP));
    for (let run = 0; run < runs; run++) {
        const seconds = [];
        for (const feed of feeds)
            seconds.push(await timeReading(session, [feed]));
        figures.push(1e6 * median(seconds));
    }
    return figures;
}

async function timeBatches(session, floats, runs) {
    let best = [];
    for (const block of BLOCKS) {
        const feeds = cut(floats, block), figures = [];
        await timeReading(session, feeds);
        for (let run = 0; run < runs; run++) {
            const seconds = [];
            for (let round = 0; round < ROUNDS; round++)
                seconds.push(await timeReading(session, feeds));
            figures.push(IMAGES / median(seconds));
        }
        if (best.length === 0 || median(figures) > median(best))
            best = figures;
    }
    return best;
}

async function main([folder, images, runs]) {
    const bytes = fs.readFileSync(images);
    const floats = new Float32Array(bytes.buffer, bytes.byteOffset, IMAGES * LEN);
    const reading = [];
    for (const file of fs.readdirSync(folder).filter(f => f.endsWith('.onnx')).sort()) {
        const session = await ort.InferenceSession.create(
            path.join(folder, file),
            {intraOpNumThreads: 1, interOpNumThreads: 1, graphOptimizationLevel: 'all'});
        reading.push({name: path.basename(file, '.onnx'),
                      microseconds_of_runs: await timeSingles(session, floats, +runs),
                      images_per_second_of_runs: await timeBatches(session, floats, +runs)});
    }
    const version = ort.env.versions.node;
    console.log(JSON.stringify({program: `ONNX Runtime ${version}`, threads: 1, reading}));
}

main(process.argv.slice(2));
