package io.tailrace.console.http;

import io.javalin.http.HttpResponseException;
import io.tailrace.connect.etcd.client.EtcdFailure;
import io.tailrace.connect.filetail.entries.InvalidEntriesException;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From what was thrown to what is told. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static Problem problem(Throwable thrown) {
        if (thrown instanceof Problem problem) {
            return problem;
        }
        if (thrown instanceof InvalidEntriesException e) {
            return Problem.invalidEntries(e.problems());
        }
        if (thrown instanceof EtcdFailure e) {
            LOG.warn("{}", e.getMessage());
            return new Problem(503, "store-unavailable", "etcd can't be used", e.getMessage());
        }
        if (thrown instanceof HttpResponseException e) {
            return http(e);
        }
        if (thrown instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return new Problem(503, "store-unavailable", "The console is stopping", "The console is stopping");
        }
        String number =
                String.format(Locale.ROOT, "%08x", ThreadLocalRandom.current().nextInt());
        LOG.error("Defect {}", number, thrown);
        return new Problem(500, "internal", "A defect of the console", "The log has more about it under " + number);
    }

    private static Problem http(HttpResponseException e) {
        return switch (e.getStatus()) {
            case 404 -> Problem.notFound("There is nothing here");
            case 405 ->
                new Problem(405, "method-not-allowed", "Not by this method", "There is no such method for this path");
            default -> new Problem(e.getStatus(), "bad-request", "The request is refused", "The request is refused");
        };
    }
}
