package io.tailrace.connect.filetail.assign;

import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.entries.EntryKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Splits entries over tasks. There are always as many groups as tasks are allowed, and an entry's group depends on its path
 * and id and on that number alone: another entry that comes, goes or changes moves no other. Groups without entries make no
 * task, so a task's number may shift with them; what is together stays together. The price is that groups are only evenly
 * filled on average.
 *
 * <p>With another number of groups, only the entries move that must: each group bids for an entry, and the highest bid wins.
 */
public final class TaskAssignment {
    private TaskAssignment() {}

    /**
     * Splits entries.
     *
     * @param entries the entries in canonical order
     * @param maxTasks most groups, at least 1
     * @return the groups that have entries, in the order of their numbers, each in the order of the entries
     */
    public static List<List<Entry>> assign(List<Entry> entries, int maxTasks) {
        return groups(entries, maxTasks).values().stream().map(List::copyOf).toList();
    }

    /**
     * Splits entries, and says which group is which.
     *
     * @param entries the entries in canonical order
     * @param maxTasks most groups, at least 1
     * @return the groups that have entries by their number, from 0, in order
     */
    public static SortedMap<Integer, List<Entry>> groups(List<Entry> entries, int maxTasks) {
        SortedMap<Integer, List<Entry>> groups = new TreeMap<>();
        for (Entry entry : entries) {
            groups.computeIfAbsent(group(EntryKey.of(entry), maxTasks), number -> new ArrayList<>())
                    .add(entry);
        }
        return groups;
    }

    /** The number of an entry's group, from 0. */
    static int group(EntryKey key, int maxTasks) {
        long hash = hash(key);
        int winner = 0;
        long highest = Long.MIN_VALUE;
        for (int group = 0; group < maxTasks; group++) {
            long bid = mix(hash ^ mix(group));
            if (bid > highest) {
                highest = bid;
                winner = group;
            }
        }
        return winner;
    }

    private static long hash(EntryKey key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(key.id().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return ByteBuffer.wrap(digest.digest(key.path().getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Spreads a change of any bit over all bits; no two numbers give the same. */
    private static long mix(long number) {
        long mixed = (number + 1) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
        return mixed ^ (mixed >>> 32);
    }
}
