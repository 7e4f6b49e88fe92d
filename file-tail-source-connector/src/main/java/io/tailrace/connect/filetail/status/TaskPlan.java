package io.tailrace.connect.filetail.status;

import io.tailrace.connect.filetail.entries.Entry;
import java.util.List;
import java.util.SortedMap;

/**
 * What Connect was last told to run.
 *
 * @param entries all tasks' entries
 * @param millis since when, since 1970; tasks that have started later run with it
 * @param hashes the {@link EntriesHash} of each task's entries, by the number of its group
 */
public record TaskPlan(List<Entry> entries, long millis, SortedMap<Integer, String> hashes) {}
