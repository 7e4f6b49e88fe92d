package io.tailrace.connect.elasticsearch.bulk;

import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/** Walks over action, document and line feed of each operation; of a deletion over its action alone. */
final class BodyStream extends InputStream {

    private static final byte[] LINE_FEED = {'\n'};
    private static final int PARTS = 3;

    private final List<Operation> operations;
    private int index;
    private int part;
    private int position;

    BodyStream(List<Operation> operations) {
        this.operations = operations;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        int copied = 0;
        while (copied < length && index < operations.size()) {
            byte[] bytes = current();
            int count = Math.min(length - copied, bytes.length - position);
            System.arraycopy(bytes, position, target, offset + copied, count);
            copied += count;
            position += count;
            if (position == bytes.length) {
                advance();
            }
        }
        return copied == 0 && length > 0 ? -1 : copied;
    }

    /** Everything is in memory: whoever reads in pieces may go on without fear of waiting. */
    @Override
    public int available() {
        return index < operations.size() ? current().length - position + 1 : 0;
    }

    private byte[] current() {
        Operation operation = operations.get(index);
        return switch (part) {
            case 0 -> operation.action();
            case 1 -> operation.document();
            default -> LINE_FEED;
        };
    }

    private void advance() {
        position = 0;
        part++;
        if (part == PARTS || operations.get(index).document() == null) {
            part = 0;
            index++;
        }
    }
}
