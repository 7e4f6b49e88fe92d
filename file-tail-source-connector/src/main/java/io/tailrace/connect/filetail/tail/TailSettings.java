package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.state.StateDir;
import io.tailrace.connect.filetail.tail.record.HostIdentity;
import io.tailrace.connect.filetail.tail.record.RecordFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * How a task tails, whatever its entries are.
 *
 * @param format what records look like
 * @param host where the files are
 * @param allowed tells of a path without links whether it may be read
 * @param rotateWait how long a file that was rotated away is kept open after its last byte
 * @param scanInterval how often to look for files
 * @param batchMaxRecords most records of one poll
 * @param batchMaxBytes most bytes of lines of one poll, but for its last line
 * @param readBufferBytes size of the task's read buffer, which is also how much of a file is read before others have
 *     their turn
 * @param openFilesMax most files kept open
 * @param state where to remember what Connect doesn't
 * @param name the connector's, which tells its state from that of others
 */
public record TailSettings(
        RecordFormat format,
        HostIdentity host,
        Predicate<Path> allowed,
        Duration rotateWait,
        Duration scanInterval,
        int batchMaxRecords,
        int batchMaxBytes,
        int readBufferBytes,
        int openFilesMax,
        StateDir state,
        String name) {}
