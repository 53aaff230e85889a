package dev.jiggety.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.document.yaml.TestYaml;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Sample;
import dev.jiggety.model.TestDefinition;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/guide/own-kinds.md shows is compiled, put into a jar, found and run. */
class OwnKindTest {
  private static final Path PAGE = Path.of("../docs/guide/own-kinds.md");
  private static final String CLASS = "com/example/jiggety/RedisProbe";

  @TempDir private Path folder;
  private Path jars;
  private TestDefinition test;

  @BeforeEach
  void install() throws IOException {
    Path source = folder.resolve("RedisProbe.java");
    Files.writeString(source, block("java"));
    Path classes = Files.createDirectory(folder.resolve("classes"));
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    String path = System.getProperty("java.class.path");
    assertThat(
            compiler.run(
                null, null, null, "-cp", path, "-proc:none", "-d", "" + classes, "" + source))
        .isZero();
    jars = Files.createDirectory(folder.resolve("probes"));
    try (OutputStream out = Files.newOutputStream(jars.resolve("redis.jar"));
        JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(new JarEntry(CLASS + ".class"));
      jar.write(Files.readAllBytes(classes.resolve(CLASS + ".class")));
      jar.putNextEntry(new JarEntry("META-INF/services/" + Probe.class.getName()));
      jar.write(CLASS.replace('/', '.').getBytes(StandardCharsets.UTF_8));
    }
    Files.writeString(jars.resolve("broken.jar"), "this is no jar");
    Path yaml = folder.resolve("cache.yaml");
    Files.writeString(yaml, block("yaml"));
    test = TestYaml.readAll(List.of(yaml)).getFirst();
  }

  @Test
  void theExampleIsFoundBesideTheKindsOfTheProgram() {
    Map<String, Probe> probes = Probes.in(jars);
    assertThat(probes).containsKeys("redis", "http", "tcp", "tls", "dns");
    assertThat(probes.get("redis").problems(test.check())).isEmpty();
    assertThat(probes.get("redis").problems(new Check.Other("redis", "{}"))).hasSize(1);
  }

  @Test
  void theExampleMeasures() throws IOException {
    assertThat(measure("+PONG\r\n").failure()).isNull();
    assertThat(measure("+PONG\r\n").phases().sum()).isPositive();
    Sample wrong = measure("-ERR no\r\n");
    assertThat(Objects.requireNonNull(wrong.failure()).kind()).isEqualTo(ErrorKind.ASSERTION);
  }

  private Sample measure(String answer) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try (Socket socket = server.accept()) {
              socket.getInputStream().readNBytes(6);
              socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
              // the test says what it misses
            }
          });
      Check here =
          new Check.Other(
              "redis", "{\"host\":\"127.0.0.1\",\"port\":" + server.getLocalPort() + "}");
      return Probes.in(jars)
          .get("redis")
          .measure(new Probe.Request(here, test.timeout(), test.assertions()));
    }
  }

  private static String block(String language) throws IOException {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }
}
