package io.tailrace.connect.filetail.tail.identify;

import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file system calls a file. It survives a rename; after a deletion another file may be given the same key. What
 * compresses a file and then deletes it may well get the inode of one that it compressed before, and so whether a file is
 * compressed is part of its key.
 *
 * @param device number of the device
 * @param inode number of the inode on it
 * @param compressed whether it is a gzip file, going by its name
 */
public record FileKey(long device, long inode, boolean compressed) {
    /** How OpenJDK writes a Unix file key, which has no accessors: the device in hex, the inode in decimal. */
    private static final Pattern UNIX_KEY = Pattern.compile("\\(dev=([0-9a-f]+),ino=(\\d+)\\)");

    /**
     * The key of a file that isn't compressed.
     *
     * @param device number of the device
     * @param inode number of the inode on it
     */
    public FileKey(long device, long inode) {
        this(device, inode, false);
    }

    /**
     * Takes the key out of a file's attributes.
     *
     * @param attributes of a file on a Unix file system
     * @param compressed whether it is a gzip file, going by its name
     * @return its key
     * @throws IllegalArgumentException if the file system has no such keys
     */
    public static FileKey of(BasicFileAttributes attributes, boolean compressed) {
        Matcher key = UNIX_KEY.matcher(String.valueOf(attributes.fileKey()));
        if (!key.matches()) {
            throw new IllegalArgumentException(
                    "The file system gives no device and inode numbers: " + attributes.fileKey());
        }
        return new FileKey(Long.parseUnsignedLong(key.group(1), 16), Long.parseUnsignedLong(key.group(2)), compressed);
    }
}
