package io.tailrace.console.entries;

import io.tailrace.connect.filetail.entries.HostFacts;
import io.tailrace.connect.filetail.entries.KeyTemplates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which keys hold lists of entries: those that the agents' templates can become. */
public final class EntryKeys {
    private static final int MAX_KEY_CHARS = 1_000;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^{}]*}|%s");

    private final KeyTemplates templates;
    private final Optional<KeyTemplates> own;
    private final List<Pattern> patterns;
    private final List<String> prefixes;

    /**
     * Takes templates.
     *
     * @param templates those of the agents, in order
     * @param own that of a host's own list; empty if there is none
     */
    public EntryKeys(List<String> templates, Optional<String> own) {
        this.templates = KeyTemplates.of(templates);
        this.own = own.map(template -> KeyTemplates.of(List.of(template)));
        this.patterns = templates.stream().map(EntryKeys::pattern).toList();
        this.prefixes = covering(templates);
    }

    private static Pattern pattern(String template) {
        StringBuilder regex = new StringBuilder();
        int from = 0;
        Matcher placeholders = PLACEHOLDER.matcher(template);
        while (placeholders.find()) {
            regex.append(Pattern.quote(template.substring(from, placeholders.start())))
                    .append("[^/]+");
            from = placeholders.end();
        }
        return Pattern.compile(
                regex.append(Pattern.quote(template.substring(from))).toString());
    }

    private static List<String> covering(List<String> templates) {
        TreeSet<String> all = new TreeSet<>();
        for (String template : templates) {
            Matcher placeholders = PLACEHOLDER.matcher(template);
            all.add(placeholders.find() ? template.substring(0, placeholders.start()) : template);
        }
        List<String> covering = new ArrayList<>();
        for (String prefix : all) {
            if (covering.stream().noneMatch(prefix::startsWith)) {
                covering.add(prefix);
            }
        }
        return List.copyOf(covering);
    }

    /**
     * Whether a key is one of them.
     *
     * @param key any text
     * @return true if a template can become it
     */
    public boolean holds(String key) {
        boolean odd = key.length() > MAX_KEY_CHARS || key.codePoints().anyMatch(Character::isISOControl);
        return !odd
                && patterns.stream().anyMatch(pattern -> pattern.matcher(key).matches());
    }

    /**
     * What all of them begin with, and perhaps others too.
     *
     * @return prefixes of which none begins with another
     */
    public List<String> prefixes() {
        return prefixes;
    }

    /**
     * The keys that a host reads.
     *
     * @param host its facts
     * @return in order; a later one overrides an earlier one
     */
    public List<String> of(HostFacts host) {
        return templates.expand(host);
    }

    /**
     * The key of a host's own list.
     *
     * @param host its facts
     * @return empty if no template is about a single host, or it takes an address that isn't known
     */
    public Optional<String> ownOf(HostFacts host) {
        return own.flatMap(template -> template.expand(host).stream().findFirst());
    }
}
