package io.tailrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailrace.it.support.ConnectorHandle;
import io.tailrace.it.support.Delivery;
import io.tailrace.it.support.Logrotate;
import io.tailrace.it.support.RotatedLog;
import io.tailrace.it.support.RotatedLogs;
import io.tailrace.it.support.SharedServers;
import io.tailrace.it.support.Site;
import io.tailrace.servers.Connect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Logs that are rotated in every way, by logrotate and by their writers, again and again at random, and collected by a
 * worker that is killed by SIGKILL again and again at random.
 *
 * <p>The system property {@value #KILLS} says how often a worker is killed ({@value #KILLS_DEFAULT} times if not set; the
 * profile {@code nightly} sets more), {@value #SEED} is the random numbers' seed. Both are printed.
 */
@ExtendWith(SharedServers.Extension.class)
class ChaosIT {

    private static final String KILLS = "tailrace.chaos.kills";
    private static final String SEED = "tailrace.chaos.seed";
    private static final int KILLS_DEFAULT = 3;

    private static final long LINES_PER_SECOND_OF_EACH = 250;
    private static final int ROTATED_FILES_KEPT_OF_EACH = 20;

    private static final Duration ROTATION_EVERY = Duration.ofMillis(400);
    private static final int LIFE_MAX_MILLIS = 4_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final SharedServers servers;
    private final long seed = Long.getLong(SEED, System.nanoTime());
    private final int kills = Integer.getInteger(KILLS, KILLS_DEFAULT);
    private Duration slowestStart = Duration.ZERO;

    ChaosIT(SharedServers servers) {
        this.servers = servers;
    }

    @ParameterizedTest
    @EnumSource
    void noLineIsLostHoweverOftenTheWorkerDies(Delivery delivery, @TempDir Path folder) {
        Optional<Logrotate> logrotate = Logrotate.find(folder);
        Connect worker = servers.worker(delivery);
        try (Site site = new Site(servers, folder);
                RotatedLogs logs =
                        new RotatedLogs(site, logrotate, ROTATED_FILES_KEPT_OF_EACH, LINES_PER_SECOND_OF_EACH, seed)) {
            site.collect(logs.entries());
            ConnectorHandle source = site.startSource(worker, Map.of("rotate.wait", "1s"));
            // A file that is renamed before anyone has seen it under its first name is another matter.
            logs.awaitFirstLines(PATIENCE);
            logs.startRotations(ROTATION_EVERY);
            int livesWithLines = killAgainAndAgain(worker, logs);
            logs.stopRotations();
            logs.awaitAll(PATIENCE);
            source.stop();
            logs.readToEnd();

            System.out.printf(
                    "Chaos %s, seed %d: %d kills, lines arrived between %d of them, slowest start %d ms, %d rotations, %d"
                            + " lines: %d lost, %d repeated, %d out of order%n%s%n",
                    delivery,
                    seed,
                    kills,
                    livesWithLines,
                    slowestStart.toMillis(),
                    logs.sum(RotatedLog::rotations),
                    logs.sum(RotatedLog::lines),
                    logs.sum(RotatedLog::lost),
                    logs.sum(log -> log.tally().repeated()),
                    logs.sum(log -> log.tally().outOfOrder()),
                    logs.report());
            assertThat(logs.sum(RotatedLog::lost)).isZero();
            if (delivery == Delivery.EXACTLY_ONCE) {
                assertThat(logs.sum(log -> log.tally().repeated())).isZero();
                assertThat(logs.sum(log -> log.tally().outOfOrder())).isZero();
            }
            // Else the kills and rotations would prove little.
            assertThat(livesWithLines).isGreaterThanOrEqualTo(kills / 2);
            assertThat(logs.sum(RotatedLog::rotations)).isGreaterThanOrEqualTo(4L * kills);
        }
        assumeTrue(logrotate.isPresent(), Logrotate.ADVICE + ". Only the writers' own rotations have been tested.");
    }

    /** Gives how many times lines had arrived between one start and the next kill. */
    private int killAgainAndAgain(Connect worker, RotatedLogs logs) {
        Random random = new Random(seed);
        int livesWithLines = 0;
        long arrived = logs.sum(log -> log.tally().distinct());
        for (int kill = 0; kill < kills; kill++) {
            // Every third time perhaps even before its tasks have begun.
            if (kill % 3 != 1) {
                logs.awaitMore(PATIENCE);
            }
            logs.readFor(Duration.ofMillis(random.nextInt(LIFE_MAX_MILLIS)));
            worker.kill();
            start(worker);
            // Whether what the dead one left open counts has been decided by now.
            logs.readToEnd();
            long distinct = logs.sum(log -> log.tally().distinct());
            livesWithLines += distinct > arrived ? 1 : 0;
            arrived = distinct;
        }
        return livesWithLines;
    }

    private void start(Connect worker) {
        long beginNanos = System.nanoTime();
        worker.start();
        Duration took = Duration.ofNanos(System.nanoTime() - beginNanos);
        slowestStart = took.compareTo(slowestStart) > 0 ? took : slowestStart;
    }
}
