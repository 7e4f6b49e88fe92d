package io.tailrace.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

/** Takes what a package logs, from warnings upwards, instead of the console. */
public final class LogCapture extends AbstractAppender implements AutoCloseable {
    private final Logger logger;
    private final Level levelBefore;
    private final List<String> messages = new CopyOnWriteArrayList<>();

    private LogCapture(Logger logger) {
        super("capture", null, null, true, Property.EMPTY_ARRAY);
        this.logger = logger;
        this.levelBefore = logger.getLevel();
    }

    /**
     * Begins to capture.
     *
     * @param name of a package, or of a class
     * @return what has to be closed
     */
    public static LogCapture of(String name) {
        LogCapture capture = new LogCapture((Logger) LogManager.getLogger(name));
        capture.start();
        // The configuration's level, which loggers of classes below take over; Logger.setLevel is for one logger alone.
        Configurator.setLevel(name, Level.WARN);
        capture.logger.setAdditive(false);
        capture.logger.addAppender(capture);
        return capture;
    }

    @Override
    public void append(LogEvent event) {
        messages.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
    }

    /**
     * What has been logged so far.
     *
     * @return level and message of each
     */
    public List<String> messages() {
        return List.copyOf(messages);
    }

    @Override
    public void close() {
        logger.removeAppender(this);
        logger.setAdditive(true);
        Configurator.setLevel(logger.getName(), levelBefore);
        stop();
    }
}
