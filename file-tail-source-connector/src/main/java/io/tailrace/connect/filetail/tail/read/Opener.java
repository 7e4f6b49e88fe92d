package io.tailrace.connect.filetail.tail.read;

import io.tailrace.connect.filetail.tail.identify.FileKey;
import java.io.IOException;
import java.nio.file.Path;

/** Opens files for reading. */
public interface Opener {
    /**
     * A file that is open for reading.
     *
     * @param key its device and inode
     * @param content its bytes
     */
    record Opened(FileKey key, Content content) {}

    /**
     * Opens a file.
     *
     * @param path may have links in it
     * @return the open file
     * @throws IOException if it can't be opened, or may not be
     */
    Opened open(Path path) throws IOException;
}
