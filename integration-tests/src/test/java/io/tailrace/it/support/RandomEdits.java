package io.tailrace.it.support;

import io.tailrace.servers.Etcd;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Somebody who edits a site's list of entries at random: some files stay on it, others come and go, each with a line that is
 * its own name. Times are taken when etcd has taken the edit.
 */
public final class RandomEdits {
    private static final int MANY_ADDED = 5;

    private final Site site;
    private final Etcd etcd;
    private final Random random;
    private final int staying;
    private final Map<Integer, String> rates = new HashMap<>();
    private final Map<Integer, String> topics = new HashMap<>();
    private final List<String> added = new ArrayList<>();
    private final Map<String, Long> putMillis = new HashMap<>();
    private final Set<String> counted = new HashSet<>();
    private int names;

    /**
     * Has edited nothing yet.
     *
     * @param site whose list
     * @param etcd where it is
     * @param random decides
     * @param staying how many files stay on the list
     */
    public RandomEdits(Site site, Etcd etcd, Random random, int staying) {
        this.site = site;
        this.etcd = etcd;
        this.random = random;
        this.staying = staying;
    }

    /**
     * A file that stays on the list.
     *
     * @param number from 0
     * @return its path
     */
    public Path file(int number) {
        return site.log("staying" + number + ".log");
    }

    /** Makes an edit. */
    public void next() {
        int file = random.nextInt(staying);
        switch (random.nextInt(7)) {
            case 0, 1 -> add();
            case 2 -> {
                remove();
                restore();
            }
            case 3 -> {
                rates.put(file, random.nextBoolean() ? "" : ",\"send_rate\":" + (50_000 + random.nextInt(50_000)));
                restore();
            }
            case 4 -> {
                topics.put(file, random.nextBoolean() ? site.topic() : site.topic("other"));
                restore();
            }
            case 5 ->
                etcd.put(
                        site.key(),
                        random.nextBoolean() ? "[{\"path\":" : "[{\"path\":\"/etc/shadow\",\"topic\":\"x\"}]");
            default -> {
                etcd.delete(site.key());
                restore();
            }
        }
    }

    private void add() {
        if (added.size() == MANY_ADDED) {
            remove();
        }
        String name = "added" + names++;
        Site.append(site.log(name + ".log"), name);
        added.add(name);
        restore();
        putMillis.put(name, System.currentTimeMillis());
        counted.add(name);
    }

    /** Has only what is edited from now on count: a JVM that has just started is slow. */
    public void countFromNow() {
        counted.clear();
    }

    /** Only one whose line has had the time to arrive may go, so that every file's line is to be seen. */
    private void remove() {
        Optional<String> oldest =
                added.stream().findFirst().filter(name -> System.currentTimeMillis() - putMillis.get(name) > 5_000);
        oldest.ifPresent(added::remove);
    }

    /** Lets the files that stay be sent to one topic and to another. */
    public void useBothTopics() {
        topics.put(0, site.topic("other"));
        restore();
    }

    /** Writes the list as it is to be, whatever was there. */
    public void restore() {
        List<String> entries = new ArrayList<>(IntStream.range(0, staying)
                .mapToObj(number -> Site.entry(file(number), topics.getOrDefault(number, site.topic()))
                        .replace("}", rates.getOrDefault(number, "") + "}"))
                .toList());
        added.forEach(name -> entries.add(Site.entry(site.log(name + ".log"), site.topic())));
        etcd.put(site.key(), "[" + String.join(",", entries) + "]");
    }

    /**
     * The files that have come and count.
     *
     * @return the line of each, those that are gone again included
     */
    public List<String> addedFiles() {
        return List.copyOf(counted);
    }

    /**
     * How long lines took.
     *
     * @param arrivedMillis when each line arrived, since 1970
     * @return milliseconds since the edit, in order
     */
    public List<Long> latencies(Map<String, Long> arrivedMillis) {
        return counted.stream()
                .map(name -> arrivedMillis.get(name) - putMillis.get(name))
                .sorted()
                .toList();
    }
}
