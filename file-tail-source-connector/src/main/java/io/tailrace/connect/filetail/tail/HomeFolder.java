package io.tailrace.connect.filetail.tail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of an entry: one that was never there may be that of another host; one that was is missed. */
final class HomeFolder {
    private static final Logger LOG = LoggerFactory.getLogger(HomeFolder.class);

    private final Path folder;
    private final String pattern;
    private boolean seen;
    private boolean missed;

    HomeFolder(Path folder, String pattern) {
        this.folder = folder;
        this.pattern = pattern;
    }

    /** What is wrong with it, if anything. */
    Optional<String> look() {
        if (Files.isDirectory(folder)) {
            seen = true;
        } else if (seen) {
            return Optional.of("the folder is gone; its files are read again when it is back");
        } else if (!missed) {
            missed = true;
            LOG.info("The folder {} isn't there; {} collects nothing until it is", folder, pattern);
        }
        return Optional.empty();
    }
}
