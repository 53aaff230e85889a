package dev.jiggety.agent.probe.dns;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;

/**
 * What a name server answered.
 *
 * @param code the response code (RFC 1035 §4.1.1), like {@code NOERROR}
 * @param records those of the asked kind as in a zone file, without the dot at the end of names
 * @param bytes length of the answer
 */
record Reply(String code, List<String> records, int bytes) {

  static Reply of(Message answer, int type) {
    return new Reply(
        Rcode.string(answer.getRcode()),
        answer.getSection(Section.ANSWER).stream()
            .filter(record -> record.getType() == type)
            .map(Reply::text)
            .toList(),
        answer.numBytes());
  }

  /** Whether there is such a name, with records of this kind or not. */
  boolean isFine() {
    return code.equals("NOERROR");
  }

  /** Whether there is no such name. */
  boolean isUnknown() {
    return code.equals("NXDOMAIN");
  }

  private static String text(Record record) {
    return record instanceof TXTRecord txt
        ? txt.getStrings().stream().map(Objects::toString).collect(Collectors.joining())
        : record.rdataToString().replaceAll("\\.(?=\\s|$)", "");
  }
}
