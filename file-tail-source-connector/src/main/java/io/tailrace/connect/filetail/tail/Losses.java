package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.tail.measure.StreamMeter;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says and counts what of a stream was gone before it could be read. */
final class Losses {
    private static final Logger LOG = LoggerFactory.getLogger(Losses.class);

    private final Path path;
    private final StreamMeter meter;

    Losses(Path path, StreamMeter meter) {
        this.path = path;
        this.meter = meter;
    }

    void removed(long position) {
        long unread = meter.unread(position, false);
        if (unread == 0) {
            LOG.info("{} was removed after it had been read up to byte {}", path, position);
            return;
        }
        meter.lost(unread);
        LOG.warn("{} was removed before it could be read beyond byte {}; {} bytes are lost", path, position, unread);
    }

    void overwritten(long position) {
        long unread = meter.unread(position, true);
        if (unread == 0) {
            LOG.info("{} was truncated or replaced after byte {}; reading it from its beginning", path, position);
            return;
        }
        meter.lost(unread);
        LOG.warn(
                "{} was truncated or replaced before it could be read beyond byte {}, and no copy of it is there; {}"
                        + " bytes are lost; reading it from its beginning",
                path,
                position,
                unread);
    }

    /** A file that was rotated away could not be read for so long that the next one goes first. */
    void unreadable(long position, String reason) {
        meter.lost(meter.unread(position, false));
        LOG.warn(
                "What a rotated file of {} has after byte {} is lost, since it can't be read: {}",
                path,
                position,
                reason);
    }

    /** What was decompressed of a file makes no sense from some position on. */
    void damaged(Path file, long position) {
        meter.lost(0);
        LOG.warn("{} is damaged; what it had after byte {} of its text is lost", file, position);
    }
}
