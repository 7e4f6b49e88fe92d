package io.tailrace.connect.filetail.tail.frame;

/** A line where it lies in a buffer, good until the buffer is used for something else. */
public interface Line {
    /**
     * The bytes that hold the line.
     *
     * @return not to be changed or kept
     */
    byte[] buffer();

    /**
     * Where the line begins.
     *
     * @return index of its first byte
     */
    int lineStart();

    /**
     * Where the line ends.
     *
     * @return index after its last byte, without its line end
     */
    int lineEnd();

    /**
     * Where the line begins in the file.
     *
     * @return position of its first byte
     */
    long lineOffset();
}
