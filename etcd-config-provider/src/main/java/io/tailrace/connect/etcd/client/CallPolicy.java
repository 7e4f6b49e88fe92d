package io.tailrace.connect.etcd.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Gives every single request, the login included, a deadline, and keeps jetcd from repeating requests to a server that
 * isn't there: jetcd would do it on the same channel, whose reconnects come minutes apart, and warn each time.
 */
final class CallPolicy implements ClientInterceptor {
    private final Duration timeout;

    CallPolicy(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        if (method.getType() != MethodDescriptor.MethodType.UNARY) {
            return next.newCall(method, options);
        }
        CallOptions limited = options.withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
        return new SimpleForwardingClientCall<>(next.newCall(method, limited)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                super.start(new NotRepeated<>(listener), headers);
            }
        };
    }

    private static final class NotRepeated<A> extends SimpleForwardingClientCallListener<A> {
        NotRepeated(ClientCall.Listener<A> listener) {
            super(listener);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            super.onClose(status.getCode() == Status.Code.UNAVAILABLE ? hidden(status) : status, trailers);
        }

        private static Status hidden(Status unavailable) {
            return Status.ABORTED.withDescription(unavailable.getDescription()).withCause(unavailable.asException());
        }
    }
}
