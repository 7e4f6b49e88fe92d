package io.tailrace.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who a server runs as that refuses to run as root: the caller, or, if that is root, the user nobody.
 *
 * @param dropsRoot whether the caller is root
 */
record ServerUser(boolean dropsRoot) {

    private static final int NOBODY = 65_534;

    static ServerUser current() {
        return new ServerUser(System.getProperty("user.name").equals("root"));
    }

    /** The command that runs another one as this user, in the same process. */
    List<String> command(List<String> command) {
        if (!dropsRoot) {
            return command;
        }
        Path setpriv = Programs.find("setpriv")
                .orElseThrow(() -> new ServerStartException(
                        "This server does not run as root, and there is no setpriv (util-linux) to run it as nobody"));
        List<String> whole = new ArrayList<>(
                List.of(setpriv.toString(), "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
        whole.addAll(command);
        return whole;
    }

    /** Makes this user the owner of a folder and all in it. */
    void own(Path folder) throws IOException {
        if (!dropsRoot) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            tree.forEach(this::ownOne);
        }
    }

    private void ownOne(Path path) {
        try {
            Files.setAttribute(path, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", NOBODY, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot change the owner of " + path, e);
        }
    }

    /** Whether this user gets into a folder that others own, and into all above it. */
    boolean reaches(Path folder) {
        try {
            for (Path at = folder.toRealPath(); dropsRoot && at != null; at = at.getParent()) {
                if (!Files.getPosixFilePermissions(at).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
