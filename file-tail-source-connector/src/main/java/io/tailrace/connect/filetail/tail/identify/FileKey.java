package io.tailrace.connect.filetail.tail.identify;

import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file system calls a file. It survives a rename; after a deletion another file may be given the same key.
 *
 * @param device number of the device
 * @param inode number of the inode on it
 */
public record FileKey(long device, long inode) {
    /** How OpenJDK writes a Unix file key, which has no accessors: the device in hex, the inode in decimal. */
    private static final Pattern UNIX_KEY = Pattern.compile("\\(dev=([0-9a-f]+),ino=(\\d+)\\)");

    /**
     * Takes the key out of a file's attributes.
     *
     * @param attributes of a file on a Unix file system
     * @return its key
     * @throws IllegalArgumentException if the file system has no such keys
     */
    public static FileKey of(BasicFileAttributes attributes) {
        Matcher key = UNIX_KEY.matcher(String.valueOf(attributes.fileKey()));
        if (!key.matches()) {
            throw new IllegalArgumentException(
                    "The file system gives no device and inode numbers: " + attributes.fileKey());
        }
        return new FileKey(Long.parseUnsignedLong(key.group(1), 16), Long.parseUnsignedLong(key.group(2)));
    }
}
