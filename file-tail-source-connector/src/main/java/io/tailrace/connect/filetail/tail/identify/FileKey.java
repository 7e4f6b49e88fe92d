package io.tailrace.connect.filetail.tail.identify;

import java.nio.file.attribute.BasicFileAttributes;

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
    private static final String BEFORE_DEVICE = "(dev=";

    private static final String BEFORE_INODE = ",ino=";

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
        String key = String.valueOf(attributes.fileKey());
        int inode = key.indexOf(BEFORE_INODE);
        if (!key.startsWith(BEFORE_DEVICE) || inode < 0 || !key.endsWith(")")) {
            throw new IllegalArgumentException("The file system gives no device and inode numbers: " + key);
        }
        return new FileKey(
                Long.parseUnsignedLong(key, BEFORE_DEVICE.length(), inode, 16),
                Long.parseUnsignedLong(key, inode + BEFORE_INODE.length(), key.length() - 1, 10),
                compressed);
    }
}
