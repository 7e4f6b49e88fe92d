package io.tailrace.connect.filetail.validate;

import io.tailrace.connect.filetail.entries.EntriesJson;
import io.tailrace.connect.filetail.entries.EntryProblem;
import io.tailrace.connect.filetail.entries.EntrySchema;
import io.tailrace.connect.filetail.entries.InvalidEntriesException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;

/**
 * Checks lists of entries as the connector would. Each problem is one line: the file, the entry's number, the field, the
 * value and the reason.
 */
public final class Validate {
    /** Every list is good. */
    public static final int GOOD = 0;
    /** A list is refused. */
    public static final int REFUSED = 1;
    /** The arguments are wrong, or a file cannot be read. */
    public static final int UNUSABLE = 2;

    /** Each character is at most three bytes (a surrogate pair four); a byte more shows that a list is too long. */
    private static final int MAX_BYTES = 3 * EntriesJson.MAX_CHARS + 1;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    /**
     * Makes the command.
     *
     * @param in what {@code -} stands for
     * @param out takes problems and results
     * @param err takes what is wrong with the arguments
     */
    public Validate(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs it on the process's own streams, and ends the process.
     *
     * @param arguments see {@link #run}
     */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(new Validate(System.in, out, err).run(List.of(arguments)));
    }

    /**
     * Checks files.
     *
     * @param arguments as {@link ValidateArguments#USAGE} says
     * @return {@link #GOOD}, {@link #REFUSED} or {@link #UNUSABLE}: the worst of all files
     */
    public int run(List<String> arguments) {
        ValidateArguments parsed;
        try {
            parsed = ValidateArguments.parse(arguments);
        } catch (ConfigException e) {
            err.println(e.getMessage());
            err.print(ValidateArguments.USAGE);
            return UNUSABLE;
        }
        if (parsed.help()) {
            out.print(ValidateArguments.USAGE);
            return GOOD;
        }
        if (parsed.schema()) {
            out.print(EntrySchema.json());
            return GOOD;
        }
        return parsed.files().stream()
                .mapToInt(file -> check(file, parsed))
                .max()
                .orElse(GOOD);
    }

    private int check(String file, ValidateArguments arguments) {
        String name = file.equals("-") ? "standard input" : file;
        try {
            int count = arguments.host().read(read(file), name).size();
            out.println(name + ": good, " + count + (count == 1 ? " entry" : " entries"));
            return GOOD;
        } catch (InvalidEntriesException e) {
            for (EntryProblem problem : e.problems()) {
                out.println(name + ": " + problem);
            }
            int count = e.problems().size();
            out.println(name + ": refused, " + count + (count == 1 ? " problem" : " problems"));
            return REFUSED;
        } catch (CharacterCodingException e) {
            out.println(name + ": the list: is not UTF-8 text");
            return REFUSED;
        } catch (NoSuchFileException | FileNotFoundException e) {
            err.println(name + ": there is no such file");
        } catch (IOException | InvalidPathException e) {
            err.println(name + ": cannot be read: " + e.getMessage());
        }
        return UNUSABLE;
    }

    private String read(String file) throws IOException {
        byte[] bytes;
        if (file.equals("-")) {
            bytes = in.readNBytes(MAX_BYTES);
        } else {
            try (InputStream stream = Files.newInputStream(Path.of(file))) {
                bytes = stream.readNBytes(MAX_BYTES);
            }
        }
        if (bytes.length == MAX_BYTES) {
            EntryProblem tooLong = new EntryProblem(
                    0,
                    "",
                    "",
                    "is more than " + EntriesJson.MAX_CHARS + " characters long, which is the most that are read");
            throw new InvalidEntriesException(file, List.of(tooLong));
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
