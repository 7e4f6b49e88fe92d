package io.tailrace.it.sink;

import io.tailrace.servers.Connect;
import io.tailrace.servers.SearchServer;
import io.tailrace.servers.ServerResponseException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Does one bad thing after the other to a server and two workers of one group, at random, and mends each of them. */
final class Chaos {

    /** What may happen. */
    enum Event {
        SERVER_KILLED,
        SERVER_PAUSED,
        FLOOD_STAGE,
        TOO_MANY_REQUESTS,
        CONNECTIONS_RESET,
        WORKER_KILLED,
        WORKER_LEFT
    }

    private final Random random;
    private final SearchServer server;
    private final FaultProxy proxy;
    private final String index;
    private final Connect first;
    private final Connect second;
    private final Map<Event, Integer> events = new EnumMap<>(Event.class);

    Chaos(long seed, SearchServer server, FaultProxy proxy, String index, Connect first, Connect second) {
        this.random = new Random(seed);
        this.server = server;
        this.proxy = proxy;
        this.index = index;
        this.first = first;
        this.second = second;
    }

    /** How often each thing happened. */
    Map<Event, Integer> events() {
        return events;
    }

    int count(Event event) {
        return events.getOrDefault(event, 0);
    }

    /** Lets the next thing happen; what is killed most is the worker. */
    void next() {
        Event[] all = Event.values();
        happen(random.nextInt(3) == 0 ? Event.WORKER_KILLED : all[random.nextInt(all.length)]);
    }

    void happen(Event event) {
        events.merge(event, 1, Integer::sum);
        switch (event) {
            case SERVER_KILLED -> {
                server.kill();
                rest();
                server.start();
            }
            case SERVER_PAUSED -> {
                server.pause();
                rest();
                server.resume();
            }
            case FLOOD_STAGE -> {
                block("true");
                rest();
                block("null");
            }
            case TOO_MANY_REQUESTS -> proxyFault(() -> proxy.answer(429, request -> request % 3 > 0));
            case CONNECTIONS_RESET -> proxyFault(proxy::reset);
            case WORKER_KILLED -> {
                first.kill();
                first.start();
            }
            default -> {
                if (second.isRunning()) {
                    second.stop();
                } else {
                    second.start();
                }
            }
        }
    }

    private void proxyFault(Runnable fault) {
        fault.run();
        rest();
        proxy.pass();
    }

    /** What a server does to an index by itself when a disk is nearly full. */
    private void block(String value) {
        try {
            server.request(
                    "PUT", "/" + index + "/_settings", "{\"index.blocks.read_only_allow_delete\":" + value + "}");
        } catch (ServerResponseException | UncheckedIOException e) {
            if (value.equals("null")) {
                rest();
                block(value);
            }
        }
    }

    private void rest() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500 + random.nextInt(1500)));
    }

    /** Everything as it should be. */
    void end() {
        proxy.pass();
        if (!server.isRunning()) {
            server.start();
        }
        if (!first.isRunning()) {
            first.start();
        }
        block("null");
    }

    /** How long to leave it in peace between two events. */
    Duration pause() {
        return Duration.ofMillis(random.nextInt(2000));
    }
}
