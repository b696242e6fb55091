package dev.tally.ingest.broker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;
import org.apache.kafka.common.requests.ResponseHeader;

/**
 * A relay between a client and a broker. It forwards whole requests and responses. On command it puts an error into the responses
 * to one kind of request. The client then sees a refusal, although the broker has executed the request.
 */
public final class RefusingNetwork extends Relay {
    private record Refusal(ApiKeys kind, Errors error) {}

    private volatile Refusal refusal;

    public RefusingNetwork() throws IOException {
        super("refusing-network");
    }

    /** From now on the responses to {@code kind} (PRODUCE or INIT_PRODUCER_ID) contain {@code error}. */
    public void refuse(ApiKeys kind, Errors error) {
        refusal = new Refusal(kind, error);
    }

    public void refuseNothing() {
        refusal = null;
    }

    @Override
    void connect(Socket client, Socket broker) {
        Map<Integer, RequestHeader> asked = new ConcurrentHashMap<>();
        thread(
                "to-broker",
                () -> pump(client, broker, request -> {
                    RequestHeader header = RequestHeader.parse(request.duplicate());
                    asked.put(header.correlationId(), header);
                    return request;
                }));
        thread("to-client", () -> pump(broker, client, answer -> answer(asked.remove(answer.getInt(0)), answer)));
    }

    private ByteBuffer answer(RequestHeader asked, ByteBuffer answer) {
        Refusal now = refusal;
        if (now == null || asked.apiKey() != now.kind()) {
            return answer;
        }
        ApiMessage data = AbstractResponse.parseResponse(answer, asked).data();
        if (data instanceof InitProducerIdResponseData init) {
            init.setErrorCode(now.error().code());
        } else if (data instanceof ProduceResponseData produce) {
            produce.responses()
                    .forEach(topic -> topic.partitionResponses()
                            .forEach(partition ->
                                    partition.setErrorCode(now.error().code()).setBaseOffset(-1)));
        }
        ResponseHeader header = asked.toResponseHeader();
        return RequestUtils.serialize(header.data(), header.headerVersion(), data, asked.apiVersion());
    }

    private interface Change {
        ByteBuffer of(ByteBuffer frame);
    }

    private void pump(Socket from, Socket to, Change change) throws IOException {
        try (from;
                to) {
            DataInputStream in = new DataInputStream(from.getInputStream());
            DataOutputStream out = new DataOutputStream(to.getOutputStream());
            while (true) {
                byte[] frame = new byte[in.readInt()];
                in.readFully(frame);
                ByteBuffer changed = change.of(ByteBuffer.wrap(frame));
                byte[] bytes = new byte[Integer.BYTES + changed.remaining()];
                ByteBuffer.wrap(bytes).putInt(changed.remaining()).put(changed);
                out.write(bytes);
            }
        }
    }
}
