package io.tailrace.servers;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** How programs of the Kafka distribution are run: Java's command line, and files in the server's folder. */
final class KafkaRuntime {

    private static final String LOGGING = """
            status = warn
            appender.out.type = Console
            appender.out.name = out
            appender.out.layout.type = PatternLayout
            appender.out.layout.pattern = %d{ISO8601} %-5p [%t] %m (%c)%n
            rootLogger.level = info
            rootLogger.appenderRef.out.ref = out
            """;

    private KafkaRuntime() {}

    /** The command line for one of Kafka's main classes; it logs to its standard output. */
    static List<String> command(Home home, List<String> jvmOptions, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-Dlog4j2.configurationFile=" + home.resolve("log4j2.properties"));
        command.add("-cp");
        command.add(ServerFiles.get("kafka") + "/*");
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    /** Writes a configuration file, and that of the logging beside it. */
    static Path configure(Home home, String file, Map<String, String> configuration) throws IOException {
        home.write("log4j2.properties", LOGGING);
        Properties properties = new Properties();
        properties.putAll(configuration);
        Path path = home.resolve(file);
        try (Writer writer = Files.newBufferedWriter(path)) {
            properties.store(writer, null);
        }
        return path;
    }
}
