package dev.jiggety.agent.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Check;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import okio.Buffer;
import okio.BufferedSource;
import okio.Okio;
import okio.Source;
import okio.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Raw answers, and what they are read as: however their bytes are cut, it is the same. */
class WireAnswerTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String CUT = "unexpected end of stream";

  /** What is read of an answer: status, reason, headers and body, or what is wrong with it. */
  record Case(String method, String raw, String read) {
    private static Case get(String raw, String read) {
      return new Case("GET", raw, read);
    }
  }

  static Stream<Case> answers() {
    return Stream.of(
        Case.get(OK + "Content-Length: 2\r\n\r\nok", "200 OK [Content-Length: 2] ok"),
        Case.get(OK + "Content-Length: 2\r\n\r\nokay", "200 OK [Content-Length: 2] ok"),
        Case.get(OK + "\r\nto the end", "200 OK [] to the end"),
        Case.get("HTTP/1.0 200\r\n\r\nold", "200  [] old"),
        Case.get("HTTP/1.1 200 \r\n\r\n", "200  [] "),
        Case.get("HTTP/1.1 404 Nicht  da\n\nx", "404 Nicht  da [] x"),
        Case.get(OK + "A:b\nContent-Length:\t1 \n\nx", "200 OK [A: b, Content-Length: 1] x"),
        Case.get(OK + "A: \r\nB: é\u0007\r\n\r\n", "200 OK [A: , B: é\u0007] "),
        Case.get(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n"
                + OK
                + "Content-Length: 1\r\n\r\nx",
            "200 OK [Content-Length: 1] x"),
        Case.get("HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n??", "101 Switching [Upgrade: x] "),
        // bodies that there are not
        new Case("HEAD", OK + "Content-Length: 9\r\n\r\n", "200 OK [Content-Length: 9] "),
        Case.get("HTTP/1.1 204 None\r\n\r\nxyz", "204 None [] "),
        Case.get("HTTP/1.1 304 Same\r\nContent-Length: 9\r\n\r\n", "304 Same [Content-Length: 9] "),
        Case.get(
            "HTTP/1.1 204 None\r\nContent-Length: 3\r\n\r\nxyz",
            "HTTP 204 had non-zero Content-Length: 3"),
        // lengths
        Case.get(
            OK + "Content-Length: 1\r\nContent-Length: 1\r\n\r\nx",
            "200 OK [Content-Length: 1, Content-Length: 1] x"),
        Case.get(OK + "Content-Length: 1, 1\r\n\r\nx", "200 OK [Content-Length: 1, 1] x"),
        Case.get(
            OK + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxy",
            "its Content-Length is none: 2"),
        Case.get(
            OK + "Content-Length: 1\r\nContent-Length: x\r\n\r\nx",
            "its Content-Length is none: x"),
        Case.get(OK + "Content-Length: 1\r\n 2\r\n\r\nxyz", "200 OK [Content-Length: 1 2] xyz"),
        Case.get(OK + "Content-Length: -1\r\n\r\nx", "200 OK [Content-Length: -1] x"),
        Case.get(OK + "Content-Length: \r\n\r\nx", "200 OK [Content-Length: ] x"),
        Case.get(OK + "Content-Length: 2 bytes\r\n\r\nxyz", "200 OK [Content-Length: 2 bytes] xyz"),
        Case.get(OK + "Content-Length: 9\r\n\r\nx", CUT),
        // chunks
        Case.get(chunked("2\r\nok\r\n0\r\n\r\n"), "200 OK [Transfer-Encoding: chunked] ok"),
        Case.get(
            chunked("1;a=b\r\no\r\n0A \r\n123456789k\r\n000;x\r\nDate: now\r\n\r\n"),
            "200 OK [Transfer-Encoding: chunked] o123456789k"),
        Case.get(chunked("1\no\n0\n\n"), "200 OK [Transfer-Encoding: chunked] o"),
        Case.get(
            OK + "Content-Length: 1\r\nTransfer-Encoding: Chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "200 OK [Content-Length: 1, Transfer-Encoding: Chunked] ok"),
        Case.get(chunked("1\r\nok\r\n0\r\n\r\n"), "its head is longer than 2 bytes"),
        Case.get(chunked("1\r\no0\r\n\r\n"), "its head is longer than 2 bytes"),
        Case.get(chunked("x\r\n"), "expected the size of a chunk but was \"x\""),
        Case.get(chunked("-1\r\n"), "expected the size of a chunk but was \"-1\""),
        Case.get(
            chunked("ffffffffffffffff\r\n"),
            "expected the size of a chunk but was \"ffffffffffffffff\""),
        Case.get(chunked("\r\n"), "expected the size of a chunk but was \"\""),
        Case.get(chunked("2\r\nok\r\n"), CUT),
        Case.get(chunked("2\r\no"), CUT),
        Case.get(chunked("0\r\n"), CUT),
        Case.get(chunked("0\r\nno field\r\n\r\n"), "200 OK [Transfer-Encoding: chunked] "),
        Case.get(
            chunked("00000000000000000002\r\nok\r\n0\r\n\r\n"),
            "200 OK [Transfer-Encoding: chunked] ok"),
        Case.get(
            OK + "Transfer-Encoding: identity\r\nContent-Length: 1\r\n\r\nx",
            "200 OK [Transfer-Encoding: identity, Content-Length: 1] x"),
        Case.get(
            OK
                + "Content-Length: 1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "1\r\no\r\n0\r\n\r\n",
            "200 OK [Content-Length: 1, Content-Length: 2, Transfer-Encoding: chunked] o"),
        Case.get(
            OK + "Transfer-Encoding: gzip, chunked\r\n\r\n",
            "its Transfer-Encoding is not known: gzip, chunked"),
        Case.get(
            OK
                + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n0\r\n\r\n",
            "200 OK [Transfer-Encoding: chunked, Transfer-Encoding: chunked] o"),
        // heads that are none
        Case.get("", CUT),
        Case.get("HTTP/1.1 200 OK", CUT),
        Case.get(OK + "A: b\r\n", CUT),
        Case.get("\r\n" + OK + "\r\n", "Unexpected status line: "),
        Case.get(
            "220 mail.example ESMTP\r\n\r\n", "Unexpected status line: 220 mail.example ESMTP"),
        Case.get("ICY 200 OK\r\n\r\nsong", "200 OK [] song"),
        Case.get("HTTP/2 200 OK\r\n\r\n", "Unexpected status line: HTTP/2 200 OK"),
        Case.get("HTTP/1.1 20 OK\r\n\r\n", "Unexpected status line: HTTP/1.1 20 OK"),
        Case.get("HTTP/1.1 099 OK\r\n\r\n", "Unexpected status line: HTTP/1.1 099 OK"),
        Case.get("HTTP/1.1 2000\r\n\r\n", "Unexpected status line: HTTP/1.1 2000"),
        Case.get("HTTP/1.1  200 OK\r\n\r\n", "Unexpected status line: HTTP/1.1  200 OK"),
        // sloppy ones, which browsers take as well
        Case.get(OK + "A: b\r\n  folded\r\n\r\n", "200 OK [A: b folded] "),
        Case.get(OK + "A:\r\n\tb\r\n \r\n c\r\nB: d\r\n\r\n", "200 OK [A: b c, B: d] "),
        Case.get(
            OK + "Transfer-Encoding:\r\n chunked\r\n\r\n1\r\no\r\n0\r\n\r\n",
            "200 OK [Transfer-Encoding: chunked] o"),
        Case.get(OK + " A: b\r\nB: c\r\n\r\n", "200 OK [B: c] "),
        Case.get(OK + "nothing\r\n more: x\r\nB: c\r\n\r\n", "200 OK [B: c] "),
        Case.get(OK + ": b\r\n\r\n", "200 OK [] "),
        Case.get(OK + "A b: c\r\nÄ: b\r\n\r\n", "200 OK [] "),
        Case.get(OK + "A : b\r\n\r\n", "200 OK [A: b] "),
        Case.get(OK + "Content-Length : 1\r\n\r\nxyz", "200 OK [Content-Length: 1] x"),
        Case.get(OK + "A: b\rc\r\n\r\n", "200 OK [A: b c] "),
        Case.get(OK + "A: b\0c\r\n\r\n", "200 OK [A: b c] "),
        Case.get(OK + "A: b\r\r\n\r\n", "200 OK [A: b] "));
  }

  private static String chunked(String body) {
    return OK + "Transfer-Encoding: chunked\r\n\r\n" + body;
  }

  @ParameterizedTest
  @MethodSource("answers")
  void isReadTheSameWhereverItsBytesAreCut(Case answer) {
    byte[] raw = answer.raw().getBytes(StandardCharsets.UTF_8);
    assertThat(read(answer.method(), List.of(raw))).isEqualTo(answer.read());
    for (int at = 1; at < raw.length; at++) {
      List<byte[]> pieces =
          List.of(
              java.util.Arrays.copyOf(raw, at), java.util.Arrays.copyOfRange(raw, at, raw.length));
      assertThat(read(answer.method(), pieces)).as("cut at %d", at).isEqualTo(answer.read());
    }
  }

  @Property(tries = 2000)
  void whateverComesIsReadTheSameByteByByte(@ForAll("nearlyAnswers") String raw) {
    byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
    List<byte[]> pieces = new ArrayList<>();
    for (byte one : bytes) {
      pieces.add(new byte[] {one});
    }
    assertThat(read("GET", pieces)).isEqualTo(read("GET", List.of(bytes)));
  }

  @Provide
  Arbitrary<String> nearlyAnswers() {
    return Arbitraries.of(
            "HTTP/1.1 ",
            "200 OK",
            "100 X",
            "204",
            "\r\n",
            "\r\n\r\n",
            "\n",
            "\r",
            "Content-Length: ",
            "Transfer-Encoding: chunked",
            "1",
            "a",
            "0",
            ";",
            ":",
            ",",
            " ",
            "é",
            "\0",
            "x: y")
        .list()
        .ofMaxSize(14)
        .map(parts -> String.join("", parts));
  }

  @ParameterizedTest
  @MethodSource("endless")
  void whatHasNoEndIsGivenUp(Source answer) {
    assertThat(read("GET", Okio.buffer(answer))).contains("longer than");
  }

  static Stream<Source> endless() {
    return Stream.of(
        endless("", "x"),
        endless(OK, "A: b\r\n"),
        endless("", "HTTP/1.1 100 Continue\r\n\r\n"),
        endless(chunked(""), "1"),
        endless(chunked("0\r\n"), "A: b\r\n"));
  }

  /** The same again and again. */
  private static Source endless(String begin, String again) {
    return new Pieces(List.of(begin.getBytes(StandardCharsets.UTF_8))) {
      @Override
      public long read(Buffer sink, long most) {
        long read = super.read(sink, most);
        return read >= 0 ? read : add(sink, again.getBytes(StandardCharsets.UTF_8));
      }
    };
  }

  private static String read(String method, List<byte[]> pieces) {
    return read(method, Okio.buffer(new Pieces(pieces)));
  }

  private static String read(String method, BufferedSource in) {
    try {
      WireHead head = WireHead.read(in);
      List<String> headers = new ArrayList<>();
      for (Check.Header header : head.headers()) {
        headers.add(header.name() + ": " + header.value());
      }
      String body = Okio.buffer(WireBody.of(in, head, method)).readUtf8();
      return head.status() + " " + head.reason() + " " + headers + " " + body;
    } catch (ProtocolException e) {
      return String.valueOf(e.getMessage());
    } catch (IOException e) {
      throw new AssertionError("not told as broken", e);
    }
  }

  /** Bytes as they come from a socket, piece by piece. */
  private static class Pieces implements Source {
    private final Deque<byte[]> pieces;

    Pieces(List<byte[]> pieces) {
      this.pieces = new ArrayDeque<>(pieces);
    }

    @Override
    public long read(Buffer sink, long most) {
      while (!pieces.isEmpty() && pieces.peek().length == 0) {
        pieces.remove();
      }
      return pieces.isEmpty() ? -1 : add(sink, pieces.remove());
    }

    static long add(Buffer sink, byte[] piece) {
      sink.write(piece);
      return piece.length;
    }

    @Override
    public Timeout timeout() {
      return Timeout.NONE;
    }

    @Override
    public void close() {}
  }
}
