package io.tailrace.connect.filetail.entries;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;

/**
 * Ordered templates of the keys that entries are read from. <code>{ip}</code> and {@code %s} stand for each global unicast
 * address of the host, so one template can be several keys, or none on a host that has no such address;
 * <code>{hostname}</code> and <code>{host.id}</code> stand for what their names say.
 */
public final class KeyTemplates {
    private static final int MAX_TEMPLATES = 100;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}|%s");
    private static final Pattern STRAY = Pattern.compile("[{}]|%s");
    private static final Set<String> NAMES = Set.of("{ip}", "%s", "{hostname}", "{host.id}");

    private final List<String> templates;

    private KeyTemplates(List<String> templates) {
        this.templates = List.copyOf(templates);
    }

    /**
     * Takes templates.
     *
     * @param templates the templates in their order, from 1 to 100
     * @return the templates, proven to have no unknown placeholder
     * @throws ConfigException naming the template and what is wrong with it
     */
    public static KeyTemplates of(List<String> templates) {
        if (templates.isEmpty() || templates.size() > MAX_TEMPLATES) {
            throw new ConfigException("needs from 1 to " + MAX_TEMPLATES + " key templates, has " + templates.size());
        }
        templates.forEach(KeyTemplates::check);
        return new KeyTemplates(templates);
    }

    private static void check(String template) {
        if (template.isBlank() || template.codePoints().anyMatch(Character::isISOControl)) {
            throw new ConfigException("'" + template + "' is not a key: it is blank or has control characters in it");
        }
        Matcher placeholders = PLACEHOLDER.matcher(template);
        while (placeholders.find()) {
            if (!NAMES.contains(placeholders.group())) {
                throw new ConfigException("'" + template + "' has the unknown placeholder " + placeholders.group()
                        + "; known are {ip}, %s, {hostname} and {host.id}");
            }
        }
        if (STRAY.matcher(placeholders.replaceAll("")).find()) {
            throw new ConfigException("'" + template + "' has a brace without its partner");
        }
    }

    /**
     * Fills the templates in.
     *
     * @param host the host's facts
     * @return the keys, in the templates' order and within one template in that of the addresses; a key that comes twice
     *     counts at its last place, where it overrides most
     */
    public List<String> expand(HostFacts host) {
        Set<String> keys = new LinkedHashSet<>();
        templates.stream().flatMap(template -> expand(template, host)).forEach(key -> {
            keys.remove(key);
            keys.add(key);
        });
        return List.copyOf(keys);
    }

    private static Stream<String> expand(String template, HostFacts host) {
        boolean perAddress = template.contains("{ip}") || template.contains("%s");
        return perAddress
                ? host.addresses().stream().map(address -> fill(template, host, address))
                : Stream.of(fill(template, host, ""));
    }

    /** In one go, as a name that looks like a placeholder is none. */
    private static String fill(String template, HostFacts host, String address) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(
                        switch (found.group()) {
                            case "{hostname}" -> host.hostname();
                            case "{host.id}" -> host.hostId();
                            default -> address;
                        }));
    }
}
