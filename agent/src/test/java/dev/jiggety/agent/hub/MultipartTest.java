package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Multipart bodies come apart as they were put together, however they arrive. */
class MultipartTest {

  /** A part; its bytes as characters of Latin-1. */
  record Part(String name, String content) {
    static Part of(String name, byte[] content) {
      return new Part(name, new String(content, StandardCharsets.ISO_8859_1));
    }

    byte[] bytes() {
      return content.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  @Provide
  Arbitrary<List<Part>> parts() {
    var names =
        Arbitraries.of("a", "a b", "a/b", "a;b", "\\", "\"", "a\"b; c=\"d", "ä€", "--boundary--");
    // Contents full of what boundaries are made of.
    var bytes = Arbitraries.of((byte) '-', (byte) '\r', (byte) '\n', (byte) 'b', (byte) 0);
    var contents = bytes.array(byte[].class).ofMaxSize(200);
    return Combinators.combine(names, contents).as(Part::of).list().ofMaxSize(6);
  }

  @Provide
  Arbitrary<String> boundaries() {
    var characters = "abc-'+_,./:=?";
    return Arbitraries.randoms()
        .map(random ->
            random
                .ints(8 + random.nextInt(62), 0, characters.length())
                .mapToObj(i -> characters.substring(i, i + 1))
                .collect(Collectors.joining()));
  }

  @Property(tries = 500)
  void comeApartAsTheyWerePutTogether(
      @ForAll("parts") List<Part> parts,
      @ForAll("boundaries") String boundary,
      @ForAll @IntRange(min = 1, max = 40) int pieces)
      throws IOException {
    var unlucky = parts.stream().anyMatch(part -> part.content.contains("--" + boundary));
    net.jqwik.api.Assume.that(!unlucky);
    var body = write(parts, boundary);
    var read = new ArrayList<Part>();
    MultipartReader.read(new Dribble(body, pieces), boundary, collect(read));
    assertThat(read).hasSameSizeAs(parts);
    for (var i = 0; i < parts.size(); i++) {
      assertThat(read.get(i).content).isEqualTo(parts.get(i).content);
      assertThat(read.get(i).name.strip()).isEqualTo(parts.get(i).name.strip());
    }
  }

  @Property(tries = 200)
  void whatIsCutIsSaid(
      @ForAll("parts") List<Part> parts, @ForAll @IntRange(min = 0, max = 100) int percent)
      throws IOException {
    var body = write(parts, "boundary");
    var cut = java.util.Arrays.copyOf(body, (body.length - 1) * percent / 100);
    assertThatThrownBy(() ->
            MultipartReader.read(
                new ByteArrayInputStream(cut), "boundary", collect(new ArrayList<>())))
        .isInstanceOf(CouchError.class);
  }

  @Property(tries = 500)
  void noiseIsAnErrorAndNothingElse(@ForAll byte[] noise) throws IOException {
    try {
      MultipartReader.read(new ByteArrayInputStream(noise), "b", collect(new ArrayList<>()));
    } catch (CouchError e) {
      assertThat(e.status()).isEqualTo(400);
    }
  }

  @Example
  void toleratesWordsBeforeAndBehind() throws IOException {
    var body = "hello\r\n--x\r\nA: b\r\n\r\n1\r\n--x--\r\nbye";
    var read = new ArrayList<Part>();
    MultipartReader.read(
        new ByteArrayInputStream(body.getBytes(StandardCharsets.US_ASCII)), "x", collect(read));
    assertThat(read).hasSize(1);
    assertThat(read.getFirst().content).isEqualTo("1");
  }

  @Example
  void readsBoundaries() {
    assertThat(MultipartReader.boundary("multipart/related;boundary=abc")).isEqualTo("abc");
    assertThat(MultipartReader.boundary("multipart/related; x=\"a;b\"; BOUNDARY=\"a b;c\""))
        .isEqualTo("a b;c");
    for (var bad : List.of("multipart/related", "multipart/related; boundary=\"\"")) {
      assertThatThrownBy(() -> MultipartReader.boundary(bad)).isInstanceOf(CouchError.class);
    }
  }

  private static byte[] write(List<Part> parts, String boundary) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var writer = new MultipartWriter(bytes, boundary);
    for (var part : parts) {
      var name = part.name.replace("\\", "\\\\").replace("\"", "\\\"");
      writer.part("Content-Disposition: attachment; filename=\"" + name + "\"");
      bytes.write(part.bytes());
    }
    writer.end();
    return bytes.toByteArray();
  }

  private static MultipartReader.Parts collect(List<Part> read) {
    return headers ->
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            read.add(Part.of(headers.filename().orElse(""), toByteArray()));
          }
        };
  }

  /** Gives few bytes at a time. */
  private static final class Dribble extends InputStream {
    private final InputStream in;
    private final int most;

    Dribble(byte[] bytes, int most) {
      this.in = new ByteArrayInputStream(bytes);
      this.most = most;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return in.read(bytes, offset, Math.min(length, most));
    }
  }
}
