#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reads a safetensors file by the published rules, with nothing of ours: read_safetensors.py FILE

The rules: https://github.com/huggingface/safetensors#format. Breaking one ends the script. It
prints the metadata, sorted ("= key text", with the text as JSON), then for each array, sorted,
"# name dtype shape" and its numbers one a line, exactly, as hexadecimal floats.
"""
import json
import math
import struct
import sys
import zlib

HEADER_MAX = 100_000_000


def no_duplicates(pairs):
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys)), 'a key stands twice'
    return dict(pairs)


def read(path):
    with open(path, 'rb') as file:
        content = file.read()
    size, = struct.unpack('<Q', content[:8])
    assert size <= HEADER_MAX and size + 8 <= len(content), 'length of the header'
    text = content[8:8 + size].decode('utf-8')
    assert text.startswith('{'), 'the header does not begin with a brace'
    header = json.loads(text, object_pairs_hook=no_duplicates)
    metadata = header.pop('__metadata__', {})
    assert all(isinstance(v, str) for v in metadata.values()), 'metadata that is no text'
    return metadata, header, content[8 + size:]


def floats_of(entry, data):
    assert set(entry) == {'dtype', 'shape', 'data_offsets'}, entry
    kind, size = {'F32': ('f', 4), 'F16': ('e', 2)}[entry['dtype']]
    begin, end = entry['data_offsets']
    count = math.prod(entry['shape'])
    assert end - begin == size * count, 'bytes of an array'
    assert begin % size == 0, 'alignment of an array'
    return struct.unpack(f'<{count}{kind}', data[begin:end])


def check_cover(header, data):
    at = 0
    for begin, end in sorted(entry['data_offsets'] for entry in header.values()):
        assert begin == at, 'a gap or an overlap'
        at = end
    assert at == len(data), 'bytes after the last array'


def checksum(metadata, header, data):
    """Our own addition to the format, as src/model/safetensors.h words it."""
    parts = [f'{k}\0{v}\0'.encode() for k, v in sorted(metadata.items()) if k != 'crc32']
    for name, entry in sorted(header.items()):
        begin, end = entry['data_offsets']
        shape = ','.join(map(str, entry['shape']))
        parts += [f'{name}\0{entry["dtype"]}\0{shape}\0'.encode(), data[begin:end]]
    return f'{zlib.crc32(b"".join(parts)):08x}'


def main():
    metadata, header, data = read(sys.argv[1])
    check_cover(header, data)
    assert metadata['crc32'] == checksum(metadata, header, data), 'checksum'
    for key, text in sorted(metadata.items()):
        print('=', key, json.dumps(text))
    for name, entry in sorted(header.items()):
        print('#', name, entry['dtype'], *entry['shape'])
        print('\n'.join(number.hex() for number in floats_of(entry, data)))


main()
