package io.tailrace.connect.filetail.tail;

import java.io.IOException;

/** What was asked of a file can't be told in this scan. Nothing is wrong; the next one asks again. */
abstract class NotYetException extends IOException {
    private static final long serialVersionUID = 1L;

    NotYetException(String message) {
        super(message);
    }
}
