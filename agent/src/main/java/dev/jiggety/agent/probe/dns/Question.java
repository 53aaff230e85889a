package dev.jiggety.agent.probe.dns;

import dev.jiggety.model.Check;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.DClass;

/** A question to one name server, over UDP, over TCP where the answer is too long for that. */
final class Question {
  private final Name name;
  private final int type;

  /**
   * What came back.
   *
   * @param code the response code (RFC 1035 §4.1.1), like {@code NOERROR}
   * @param records those of the asked kind, without the dot at the end of names
   * @param bytes length of the answer
   */
  record Reply(String code, List<String> records, int bytes) {
    /** Whether there is such a name, of this kind or another. */
    boolean isFine() {
      return code.equals("NOERROR");
    }
  }

  /**
   * A question.
   *
   * @throws IllegalArgumentException when that is no name
   */
  Question(Check.Dns dns) {
    try {
      this.name = Name.fromString(dns.name(), Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    this.type = Type.value(dns.record().name());
  }

  /**
   * Asks and waits.
   *
   * @throws InterruptedIOException when no answer came in time, or the thread is interrupted
   */
  Reply ask(InetSocketAddress server, Duration timeout) throws IOException {
    SimpleResolver resolver = new SimpleResolver(server);
    resolver.setTimeout(timeout);
    Message question = Message.newQuery(Record.newRecord(name, type, DClass.IN));
    try {
      Message answer = resolver.send(question);
      return new Reply(
          Rcode.string(answer.getRcode()),
          answer.getSection(Section.ANSWER).stream()
              .filter(record -> record.getType() == type)
              .map(Question::text)
              .toList(),
          answer.numBytes());
    } catch (SocketTimeoutException e) {
      throw new InterruptedIOException("timeout");
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("timed out")) {
        throw new InterruptedIOException("timeout");
      }
      throw e;
    }
  }

  private static String text(Record record) {
    return record instanceof TXTRecord txt
        ? txt.getStrings().stream().map(Objects::toString).collect(Collectors.joining())
        : record.rdataToString().replaceAll("\\.(?=\\s|$)", "");
  }
}
