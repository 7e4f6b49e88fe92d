package io.tailrace.connect.etcd.client;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.Slf4JLoggerFactory;
import java.lang.reflect.Proxy;

/**
 * Keeps the bytes of the connection out of every log. At DEBUG, gRPC logs each frame as it is: the login with its password in
 * hexadecimal digits, the tokens, and all values that are read.
 */
final class FrameLog {
    private static final String FRAMES = "io.grpc.netty.NettyClientHandler";

    private FrameLog() {}

    /** Takes effect for connections that are made later. What others of Netty's and gRPC's classes log stays as it is. */
    static synchronized void silence() {
        if (!(InternalLoggerFactory.getDefaultFactory() instanceof WithoutFrames)) {
            InternalLoggerFactory.setDefaultFactory(new WithoutFrames());
        }
    }

    /** Netty's own choice where SLF4J is there, as it is in every worker. */
    @SuppressWarnings("deprecation") // of the constructor, for those who don't extend it
    private static final class WithoutFrames extends Slf4JLoggerFactory {
        @Override
        public InternalLogger newInstance(String name) {
            return name.equals(FRAMES) ? silent(name) : super.newInstance(name);
        }
    }

    private static InternalLogger silent(String name) {
        return (InternalLogger) Proxy.newProxyInstance(
                InternalLogger.class.getClassLoader(),
                new Class<?>[] {InternalLogger.class},
                (proxy, method, arguments) -> answer(method.getReturnType(), name));
    }

    /** A logger's methods ask whether a level is on, or for its name, or give no answer. */
    private static Object answer(Class<?> type, String name) {
        if (type == boolean.class) {
            return false;
        }
        return type == String.class ? name : null;
    }
}
