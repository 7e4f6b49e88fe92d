package io.tailrace.connect.filetail.tail.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressFeedTest {
    private final ProgressFeed feed = new ProgressFeed();

    @Test
    void makesASnapshotASecond() {
        assertThat(feed.latest()).isSameAs(Progress.NONE);
        assertThat(update(1, 0)).isTrue();
        assertThat(update(2, 999)).isFalse();
        assertThat(feed.latest().openFiles()).isEqualTo(1);
        assertThat(update(3, 1000)).isTrue();
        assertThat(feed.latest().openFiles()).isEqualTo(3);
    }

    private boolean update(int openFiles, long millis) {
        Progress snapshot = new Progress(millis, List.of(), new Counts().tally(), openFiles, Map.of(), 0);
        return feed.update(() -> snapshot, TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
