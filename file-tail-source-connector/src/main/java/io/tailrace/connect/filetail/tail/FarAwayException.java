package io.tailrace.connect.filetail.tail;

import java.nio.file.Path;

/** There is too much compressed text before a position to get there in one scan. */
final class FarAwayException extends NotYetException {
    private static final long serialVersionUID = 1L;

    FarAwayException(Path path) {
        super(path + " is being decompressed up to the position where it is to be begun");
    }
}
