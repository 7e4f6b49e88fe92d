package io.tailrace.connect.filetail.validate;

import io.tailrace.connect.filetail.entries.HostEntries;
import io.tailrace.connect.filetail.entries.PathPolicy;
import io.tailrace.connect.filetail.entries.TopicPolicy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;

/**
 * The command's arguments.
 *
 * @param files what to check, {@code -} for standard input; none only with help or schema
 * @param host what is allowed
 * @param schema whether the schema is wanted, and no file
 * @param help whether the usage is wanted, and no file
 */
record ValidateArguments(List<String> files, HostEntries host, boolean schema, boolean help) {
    static final String USAGE = """
            Usage: tailrace-validate [--allowed-paths FOLDER,...] [--allowed-topics REGEX] FILE...
                   tailrace-validate --schema
            Checks lists of entries as the file tail source does; FILE is - for standard input.
              --allowed-paths   the connector's allowed.paths; without it, every path is allowed
              --allowed-topics  the connector's allowed.topics; without it, every topic that isn't internal
              --schema          prints a JSON Schema of such lists
            Exit status: 0 if all lists are good, 1 if one is refused, 2 if the arguments are wrong or a file can't be read.
            """;

    /** Reads them; the exception's message says what is wrong. */
    static ValidateArguments parse(List<String> arguments) {
        Parsing parsing = new Parsing();
        for (Iterator<String> left = arguments.iterator(); left.hasNext(); ) {
            parsing.take(left.next(), left);
        }
        return parsing.result();
    }

    private static final class Parsing {
        private final List<String> files = new ArrayList<>();
        private PathPolicy paths = PathPolicy.of(List.of("/"));
        private TopicPolicy topics = TopicPolicy.of(".*");
        private boolean schema;
        private boolean help;

        void take(String argument, Iterator<String> left) {
            switch (argument) {
                case "--allowed-paths" -> paths = PathPolicy.of(folders(value(argument, left)));
                case "--allowed-topics" -> topics = TopicPolicy.of(value(argument, left));
                case "--schema" -> schema = true;
                case "--help", "-h" -> help = true;
                default -> file(argument);
            }
        }

        private void file(String argument) {
            if (argument.startsWith("-") && !argument.equals("-")) {
                throw new ConfigException("There is no option " + argument + ".");
            }
            files.add(argument);
        }

        ValidateArguments result() {
            if (files.isEmpty() && !schema && !help) {
                throw new ConfigException("Name a file, or - for standard input.");
            }
            return new ValidateArguments(List.copyOf(files), new HostEntries(paths, topics), schema, help);
        }

        private static String value(String option, Iterator<String> left) {
            if (!left.hasNext()) {
                throw new ConfigException("Option " + option + " needs a value.");
            }
            return left.next();
        }

        /** As Connect reads a list. */
        private static List<String> folders(String text) {
            return List.of(text.strip().split("\\s*,\\s*", -1));
        }
    }
}
