package io.tailrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.it.support.ConnectorHandle;
import io.tailrace.it.support.Delivery;
import io.tailrace.it.support.LineWriter;
import io.tailrace.it.support.SharedServers;
import io.tailrace.it.support.Site;
import io.tailrace.it.support.Tally;
import io.tailrace.it.support.TopicReader;
import io.tailrace.servers.Connect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log that is rotated by renaming every second, while it is written to and while the worker is restarted. */
@ExtendWith(SharedServers.Extension.class)
class RotationIT {

    private static final long LINES_PER_SECOND = 10_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final SharedServers servers;

    RotationIT(SharedServers servers) {
        this.servers = servers;
    }

    /** Both the name of the active file alone, and a glob that matches the rotated names too. */
    @ParameterizedTest
    @ValueSource(strings = {"app.log", "app.log*"})
    void everyLineArrivesOnceOverAGracefulRestart(String glob, @TempDir Path folder) {
        Connect worker = servers.worker(Delivery.AT_LEAST_ONCE);
        ScheduledExecutorService logrotate = Executors.newSingleThreadScheduledExecutor();
        try (Site site = new Site(servers, folder);
                TopicReader reader = site.reader(site.topic());
                LineWriter writer = new LineWriter(site.log("app.log"), LINES_PER_SECOND)) {
            site.collect(Site.entry(site.log(glob), site.topic()));
            ConnectorHandle source = site.startSource(worker, Map.of("rotate.wait", "500ms"));
            Tally tally = new Tally();
            // A file that is renamed before anyone has seen it under its first name is another matter.
            reader.readLines(tally, 1, PATIENCE);
            var unused = logrotate.scheduleAtFixedRate(writer::rotate, 1, 1, TimeUnit.SECONDS);
            reader.readLines(tally, 3 * LINES_PER_SECOND, PATIENCE);
            worker.stop();
            worker.start();
            reader.readLines(tally, tally.distinct() + 3 * LINES_PER_SECOND, PATIENCE);
            logrotate.shutdown();
            reader.readLines(tally, writer.stop(), PATIENCE);
            source.stop();
            reader.readLinesToEnd(tally);

            System.out.printf("Rotation of %s: %s%n", glob, tally.report(writer.lines()));
            assertThat(tally.lost(writer.lines())).isZero();
            assertThat(tally.repeated()).isZero();
        } finally {
            logrotate.shutdown();
        }
    }
}
