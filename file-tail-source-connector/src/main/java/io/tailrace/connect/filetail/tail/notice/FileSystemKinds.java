package io.tailrace.connect.filetail.tail.notice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which file systems are this host's own. Only of them does the kernel know every change, and only their directories are
 * known to change their time stamps with every file that comes or goes.
 */
public final class FileSystemKinds {
    private static final Set<String> LOCAL = Set.of(
            "ext2",
            "ext3",
            "ext4",
            "xfs",
            "btrfs",
            "zfs",
            "f2fs",
            "jfs",
            "reiserfs",
            "bcachefs",
            "tmpfs",
            "ramfs",
            "overlay",
            "overlayfs",
            "aufs",
            "apfs",
            "hfs",
            "ufs");

    /** One for each file system that a directory of an entry lies in. */
    private static final int MAX_DEVICES = 1000;

    private final Map<Object, Boolean> localByDevice = new HashMap<>();

    /** Knows nothing yet. */
    public FileSystemKinds() {}

    /**
     * Tells whether a directory is on a file system of this host.
     *
     * @param directory which one
     * @return false too if that can't be found out
     */
    public boolean isLocal(Path directory) {
        try {
            Object device = Files.getAttribute(directory, "unix:dev");
            Boolean known = localByDevice.get(device);
            if (known != null) {
                return known;
            }
            boolean local = LOCAL.contains(Files.getFileStore(directory).type().toLowerCase(Locale.ROOT));
            if (localByDevice.size() < MAX_DEVICES) {
                localByDevice.put(device, local);
            }
            return local;
        } catch (IOException | SecurityException e) {
            return false;
        }
    }
}
