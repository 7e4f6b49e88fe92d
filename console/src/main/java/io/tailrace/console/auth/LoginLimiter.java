package io.tailrace.console.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many wrong logins there may be: of one user from one address, from one address, and of one user. A login is counted
 * before it is tried, and given back if it was right. Memory is bounded: of more names and addresses than fit, those that
 * came up longest ago are forgotten. For any thread.
 */
public final class LoginLimiter {
    private static final int MAX_REMEMBERED = 10_000;
    private static final Limit OF_BOTH = new Limit(5, Duration.ofSeconds(60));
    private static final Limit OF_ADDRESS = new Limit(20, Duration.ofSeconds(10));
    /** Somebody who knows a name mustn't be able to lock its owner out easily. */
    private static final Limit OF_USER = new Limit(100, Duration.ofSeconds(5));

    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    private record Limit(int most, Duration refill) {}

    /** How many logins are left, at a moment. */
    private record Bucket(double left, Instant at) {
        Bucket at(Instant now, Limit limit) {
            double refilled = Math.max(0, Duration.between(at, now).toMillis())
                    / (double) limit.refill().toMillis();
            return new Bucket(Math.min(limit.most(), left + refilled), now);
        }

        Bucket plus(double count) {
            return new Bucket(left + count, at);
        }
    }

    private record Counted(String name, Limit limit) {}

    /**
     * Counts a login that is about to be tried.
     *
     * @param user as whom
     * @param address from where
     * @param now the time
     * @return how long to wait for the next one, if it must not be tried
     */
    public synchronized Optional<Duration> take(String user, String address, Instant now) {
        List<Counted> all = counted(user, address);
        for (Counted one : all) {
            Bucket bucket = bucket(one, now);
            if (bucket.left() < 1) {
                double missing = 1 - bucket.left();
                return Optional.of(Duration.ofMillis(
                        (long) Math.ceil(missing * one.limit().refill().toMillis())));
            }
        }
        all.forEach(one -> buckets.put(one.name(), bucket(one, now).plus(-1)));
        return Optional.empty();
    }

    /**
     * A login was right.
     *
     * @param user as whom
     * @param address from where
     * @param now the time
     */
    public synchronized void giveBack(String user, String address, Instant now) {
        counted(user, address)
                .forEach(one -> buckets.put(one.name(), bucket(one, now).plus(1)));
    }

    private Bucket bucket(Counted one, Instant now) {
        return buckets.getOrDefault(one.name(), new Bucket(one.limit().most(), now))
                .at(now, one.limit());
    }

    private static List<Counted> counted(String user, String address) {
        String network = network(address);
        return List.of(
                new Counted("b " + network + " " + user, OF_BOTH),
                new Counted("a " + network, OF_ADDRESS),
                new Counted("u " + user, OF_USER));
    }

    /** Whoever has one IPv6 address has a whole network of them. */
    private static String network(String address) {
        if (!address.contains(":")) {
            return address;
        }
        String[] groups = address.replace("[", "").replace("]", "").split(":", -1);
        return String.join(":", List.of(groups).subList(0, Math.min(4, groups.length)));
    }

    /**
     * How many names and addresses are remembered.
     *
     * @return at most 10,000
     */
    public synchronized int size() {
        return buckets.size();
    }
}
