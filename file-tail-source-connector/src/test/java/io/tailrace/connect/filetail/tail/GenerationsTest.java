package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.scan.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerationsTest {
    private static final long BEGUN_MILLIS = 1_000_000;

    private static FileStat file(String name, long inode, long modifiedMillis) {
        return new FileStat(Path.of("/logs", name), new FileKey(1, inode, false), 3, modifiedMillis);
    }

    /** The log that was read has a time stamp of the future, so that only when it was begun tells what is new. */
    @ParameterizedTest
    @CsvSource({"-1000, false", "-10, true", "0, true", "1000, true"})
    void takesWhatWasWrittenInTheVeryTickInWhichTheLogWasBegunForNew(long millisLater, boolean successor)
            throws IOException {
        Generations generations = new Generations();
        generations.older(new Older(Map.of(), BEGUN_MILLIS));
        generations.lastModified(2 * BEGUN_MILLIS);
        FileStat left = file("app.log.2", 1, 2 * BEGUN_MILLIS);
        FileStat next = file("app.log.1", 2, BEGUN_MILLIS + millisLater);
        assertThat(generations.isSuccessor(next, Optional.of(left), Optional.empty(), null))
                .isEqualTo(successor);
    }
}
