package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.tail.scan.FileStat;
import java.io.IOException;

/** A file has been unreadable for so long that it is passed over. */
final class GivenUpException extends IOException {
    private static final long serialVersionUID = 1L;

    GivenUpException(FileStat file, IOException cause) {
        super(file.path() + " is passed over, since it can't be read: " + cause, cause);
    }
}
