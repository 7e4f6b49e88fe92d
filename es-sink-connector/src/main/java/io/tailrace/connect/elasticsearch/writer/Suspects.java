package io.tailrace.connect.elasticsearch.writer;

import io.tailrace.connect.elasticsearch.bulk.Operation;
import io.tailrace.connect.elasticsearch.http.ServerClient;
import io.tailrace.connect.elasticsearch.outcome.AnswerReader;
import io.tailrace.connect.elasticsearch.outcome.LookupOutcome;
import io.tailrace.connect.elasticsearch.outcome.ServerError;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells documents that are to blame for their refusal from those that lack something on the server: an ingest pipeline
 * that isn't there, be it their own or one that their index names, an alias that doesn't say where to write. The server
 * refuses all of them item by item and with the same type, so it is asked for what the document needs: a document is to
 * blame if it was refused although all was well
 * both before it was sent and afterwards. Until that is known it is sent again, which also gives the time to ask. Runs
 * on the writer's thread.
 */
final class Suspects {

    private static final Logger LOG = LoggerFactory.getLogger(Suspects.class);

    /** The type of all of them; any other type speaks of the document. */
    private static final String AMBIGUOUS = "illegal_argument_exception";

    /** Names may be made of what records say. Those that no document in doubt has are forgotten then. */
    private static final int MAX_NAMES = 1024;

    private static final long TELL_MILLIS = 30_000;

    private final ServerClient client;
    private final LongSupplier clockMillis;
    private final AnswerReader reader = new AnswerReader();
    private final Map<Need, Seen> seen = new HashMap<>();
    private final Set<Need> asked = new HashSet<>();
    private int maxSeen = MAX_NAMES;

    private long tellAgainAt = Long.MIN_VALUE;

    /** When documents that are in doubt were last sent; those that are done with go by themselves. */
    private final Map<Operation, Long> refused = new WeakHashMap<>();

    /** All was well whenever it was asked for in this time, and it needed the same. */
    private record Seen(long fromMillis, long toMillis, List<Need> more) {

        boolean around(long sentMillis) {
            return fromMillis < sentMillis && toMillis > sentMillis;
        }
    }

    Suspects(ServerClient client, LongSupplier clockMillis) {
        this.client = client;
        this.clockMillis = clockMillis;
    }

    /**
     * Whether a document must be sent again before anybody can say that it is to blame.
     *
     * @param operation what was refused for good
     * @param error why
     * @param sentMillis when it had been sent
     */
    boolean isInDoubt(Operation operation, ServerError error, long sentMillis) {
        if (!error.type().equals(AMBIGUOUS)) {
            return false;
        }
        Long before = refused.put(operation, sentMillis);
        Set<Need> needs = all(operation);
        boolean isKnown = before != null && needs.stream().allMatch(need -> isKnown(need, before));
        if (isKnown) {
            refused.remove(operation);
        } else {
            // All of them, or each might be known at another time, and never all at once.
            needs.forEach(this::ask);
        }
        return !isKnown;
    }

    private boolean isKnown(Need need, long sentMillis) {
        Seen known = seen.get(need);
        return known != null && known.around(sentMillis);
    }

    /** What an operation needs, and what that needs, as far as it is known. */
    private Set<Need> all(Operation operation) {
        Set<Need> all = new LinkedHashSet<>();
        Queue<Need> next = new ArrayDeque<>(Need.of(operation));
        while (!next.isEmpty()) {
            Need need = next.remove();
            Seen known = seen.get(need);
            if (all.add(need) && known != null) {
                next.addAll(known.more());
            }
        }
        return all;
    }

    private void ask(Need need) {
        if (asked.add(need)) {
            client.request(need.method(), need.path(), null, answer -> answered(need, reader.readLookup(answer)));
        }
    }

    private void answered(Need need, LookupOutcome outcome) {
        asked.remove(need);
        Optional<String> trouble = need.trouble(outcome);
        if (trouble.isPresent()) {
            seen.remove(need);
            tell(trouble.get());
        } else if (!outcome.isWorthAskingAgain()) {
            LOG.debug("Asked for {}: {}", need, outcome.request());
            saw(need, need.more(outcome));
        }
    }

    private void tell(String trouble) {
        long now = clockMillis.getAsLong();
        if (now >= tellAgainAt) {
            tellAgainAt = now + TELL_MILLIS;
            LOG.warn("Documents wait for {}", trouble);
        }
    }

    private void saw(Need need, List<Need> more) {
        if (seen.size() >= maxSeen) {
            forget();
        }
        long now = clockMillis.getAsLong();
        Seen before = seen.get(need);
        boolean isSame = before != null && before.more().equals(more);
        seen.put(need, new Seen(isSame ? before.fromMillis() : now, now, more));
        more.stream().filter(next -> !seen.containsKey(next)).forEach(this::ask);
    }

    /** What is in doubt has its limit in bytes; to forget what it needs would keep it in doubt for ever. */
    private void forget() {
        Set<Need> needed = new HashSet<>();
        refused.keySet().forEach(operation -> needed.addAll(all(operation)));
        seen.keySet().retainAll(needed);
        maxSeen = Math.max(MAX_NAMES, 2 * seen.size());
    }
}
