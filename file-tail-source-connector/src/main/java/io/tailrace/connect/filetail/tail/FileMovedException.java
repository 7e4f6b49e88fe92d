package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.tail.scan.FileStat;
import java.io.IOException;

/** A rotation came between seeing a file at a path and opening it. Nothing is wrong; the next scan sees it elsewhere. */
final class FileMovedException extends IOException {
    FileMovedException(FileStat file) {
        super(file.path() + " has just become another file");
    }
}
