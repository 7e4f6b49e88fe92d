package io.tailrace.servers;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Several members of one etcd. */
public final class EtcdCluster implements AutoCloseable {
    private final List<Etcd> members;

    private EtcdCluster(List<Etcd> members) {
        this.members = members;
    }

    /**
     * A cluster in temporary folders of its own, deleted on close.
     *
     * @param members how many
     * @param arguments more arguments for each of them; they win over those that this class sets
     * @return members that aren't started yet
     */
    public static EtcdCluster of(int members, String... arguments) {
        return new EtcdCluster(Etcd.members(members, arguments));
    }

    /** Starts them all. None answers before most of them run, so they start at the same time. */
    public void start() {
        members.stream()
                .map(member -> CompletableFuture.runAsync(member::start))
                .toList()
                .forEach(CompletableFuture::join);
    }

    /**
     * The members.
     *
     * @return each of them, running or not
     */
    public List<Etcd> members() {
        return members;
    }

    /**
     * Where clients connect.
     *
     * @return the members' endpoints, with commas between
     */
    public String endpoints() {
        return members.stream().map(Etcd::endpoint).collect(Collectors.joining(","));
    }

    /**
     * The member that leads the others.
     *
     * @return a running member
     * @throws IllegalStateException if none does at present
     */
    public Etcd leader() {
        return members.stream()
                .filter(Etcd::isRunning)
                .filter(Etcd::isLeader)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No member leads"));
    }

    /** Ends them all. */
    @Override
    public void close() {
        members.forEach(Etcd::close);
    }
}
