package dev.jiggety.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.jiggety.agent.identity.NodeIdentity;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.IdRange;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.MemberDocument;
import dev.jiggety.model.Member;
import dev.jiggety.model.SealedSecret;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.SealingKey;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A secret on its way from an operator to the one node of two that needs it, each a process of its
 * own; and everywhere else it is not.
 */
@EnabledOnOs(OS.LINUX) // looks at processes in /proc
class SealedSecretsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String FIRST = "tea/4 two&three=milk?in the%pot";
  private static final String SECOND = "coffee+for one#and*only~once!";
  private static final String PASSWORD = "hub-account-9x8y7z-password";

  private final SigningKey ada = SigningKey.generate("ada", Role.OPERATOR);
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final List<JiggetyProcess> processes = new ArrayList<>();
  private final Map<String, SealingKey> sealing =
      Map.of("n1", SealingKey.generate(), "n2", SealingKey.generate());
  @TempDir private Path folder;
  private volatile String word = "you";
  private HttpServer site;
  private JiggetyProcess server;
  private String url;
  private Hub hub;
  private CouchRepositories there;
  private Path account;

  @BeforeEach
  void start() throws IOException {
    site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site.createContext(
        "/",
        exchange -> {
          String token = exchange.getRequestHeaders().getFirst("X-Token");
          seen.add(String.valueOf(token));
          byte[] body = (word + " said " + token).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("X-Echo", String.valueOf(token));
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    site.start();
    account = secretFile("account", "ada\n" + PASSWORD + "\n");
    server = run("hub", "--port", "0", "--data", data("hub"), "--admin", account.toString());
    String line = server.awaitLine("hub is listening on ");
    url = line.substring(line.indexOf("http")).strip();
    hub =
        Hub.open(
            HubAddress.parse(url, Optional.of(Credentials.fromFile(account))), HubOptions.DEFAULT);
    new Provisioner(hub, DatabaseNames.DEFAULT).provision(Instant.now());
    there = new CouchRepositories(hub, DatabaseNames.DEFAULT);
    KeyFile.create(folder.resolve("ada.key"), ada);
    Path trusted = folder.resolve("ada.pub");
    Files.writeString(trusted, KeyFile.line(ada.trusted()) + "\n");
    run(
            "manager",
            "--hub",
            url,
            "--name",
            "m1",
            "--data",
            data("m1"),
            "--trust",
            trusted.toString(),
            "--credentials",
            account.toString())
        .awaitLine("key of this manager");
    enrol("n1", "eu");
    enrol("n2", "us");
  }

  @AfterEach
  void stop() {
    hub.close();
    processes.forEach(JiggetyProcess::close);
    site.stop(0);
  }

  @Test
  void aSecretReachesTheNodeThatNeedsItAndNothingElse() throws Exception {
    JiggetyProcess n1 = node("n1", "eu");
    JiggetyProcess n2 = node("n2", "us");
    await().atMost(PATIENCE).until(() -> there.nodes().all().size() == 2);

    // Set before any test needs it: kept for the managers alone.
    say(0, "kept", "secret", "set", "shop.token", "--file", content(FIRST));
    assertThat(secret().nodes()).isEmpty();

    // The patch brings it to the node on which it is tried, within the same rollout.
    Path tests = Files.createDirectory(folder.resolve("tests"));
    Files.writeString(tests.resolve("shop.yaml"), test());
    say(0, "", "apply", tests.toString());
    await().atMost(PATIENCE).until(() -> seen.contains(FIRST));
    assertThat(secret().nodes()).containsExactly("n1");
    say(0, "n1", "secret", "list");

    // A new content counts from the next run on, without a restart.
    say(0, "sealed to n1", "secret", "rotate", "shop.token", "--file", content(SECOND));
    await().atMost(PATIENCE).until(() -> seen.contains(SECOND));

    // A node that restarts while the hub is away still has it.
    await().atMost(PATIENCE).until(() -> Files.exists(kept("n1")));
    word = "nobody"; // runs fail from now on, with what the site says as evidence
    await().atMost(PATIENCE).until(() -> say(0, "", "results", "--json").contains("down"));
    nowhere(n2);
    assertThat(Leaks.of(SECOND).in(heap(n1, "n1"))).as("that it would be found").contains("plain");
    n1.terminate();
    server.kill();
    seen.clear();
    node("n1", "eu");
    await().atMost(PATIENCE).until(() -> seen.contains(SECOND));
  }

  /** In no file, no output, no command line, no environment, no export, no heap of another node. */
  private void nowhere(JiggetyProcess stranger) throws Exception {
    Path exported = folder.resolve("export");
    say(0, "", "export", exported.toString());
    Path page = folder.resolve("page");
    say(0, "", "status-page", "--out", page.toString());
    String evidence = documents(DatabaseNames.DEFAULT.live(Instant.now()));
    assertThat(evidence).as("what the site said back").contains("nobody said *****");
    String told = evidence + documents(DatabaseNames.DEFAULT.status());
    assertThat(exported).isNotEmptyDirectory();
    assertThat(page).exists();
    byte[] heap = heap(stranger, "n2");
    for (String planted : List.of(FIRST, SECOND, PASSWORD)) {
      Leaks leaks = Leaks.of(planted);
      assertThat(
              leaks.below(
                  folder, folder.resolve("content"), account, identity("n1"), identity("n2")))
          .isEmpty();
      assertThat(leaks.in(told)).isEmpty();
      for (JiggetyProcess process : processes) {
        assertThat(leaks.in(process.output())).isEmpty();
      }
      for (ProcessHandle process : ProcessHandle.current().descendants().toList()) {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        assertThat(leaks.in(read(proc.resolve("cmdline")))).isEmpty();
        assertThat(leaks.in(read(proc.resolve("environ")))).isEmpty();
      }
      if (!planted.equals(PASSWORD)) { // that one is its own, to talk to the hub
        assertThat(leaks.in(heap)).isEmpty();
      }
    }
  }

  private String documents(String database) {
    return hub.database(database).allDocs(IdRange.startingWith("")).ok().orElseThrow().toString();
  }

  private Path identity(String node) {
    return folder.resolve(node).resolve(NodeIdentity.FOLDER);
  }

  /** Of a process that may have ended meanwhile. */
  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      return new byte[0];
    }
  }

  private byte[] heap(JiggetyProcess process, String name) throws Exception {
    Path file = Files.createDirectories(folder.resolve("heaps")).resolve(name + ".hprof");
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                "GC.heap_dump",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jcmd.waitFor(60, TimeUnit.SECONDS)).as(said).isTrue();
    byte[] dump = Files.readAllBytes(file);
    Files.delete(file);
    assertThat(dump.length).as(said).isGreaterThan(1_000_000);
    return dump;
  }

  private SealedSecret secret() {
    Trust trust = Trust.in(there.patches().inForce());
    return there.secrets().secrets(List.of("shop.token"), trust).getFirst();
  }

  private Path kept(String node) {
    return folder.resolve(node).resolve("sealed-secrets.json");
  }

  /** As enrolment does: who the node is, on its disk, and on the hub that it was let in. */
  private void enrol(String name, String tag) throws IOException {
    Member member =
        new Member(
            name,
            new TreeSet<>(List.of(tag)),
            sealing.get(name).open(),
            Member.Standing.ACTIVE,
            Instant.now(),
            "ada");
    SigningKey manager = KeyFile.read(folder.resolve("m1/manager.key"));
    assertThat(
            hub.database(DatabaseNames.DEFAULT.enrolment())
                .put(Signatures.sign(MemberDocument.TYPE.write(member), manager))
                .isOk())
        .isTrue();
    new NodeIdentity(
            name,
            member.tags(),
            List.of(url),
            DatabaseNames.DEFAULT,
            Credentials.of("ada", PASSWORD),
            List.of(manager.trusted()),
            sealing.get(name),
            "")
        .write(folder.resolve(name));
  }

  private JiggetyProcess node(String name, String tag) {
    return run(
        "node",
        "--hub",
        url,
        "--name",
        name,
        "--tags",
        tag,
        "--data",
        data(name),
        "--trust",
        folder.resolve(name).resolve("identity/trust").toString(),
        "--credentials",
        account.toString());
  }

  private String test() {
    String address = "http://127.0.0.1:" + site.getAddress().getPort() + "/";
    return """
    id: shop
    schedule: {every: 1s}
    where: {tags: [eu]}
    http:
      url: "%s?q=${secret.shop.token}"
      headers:
        - {name: X-Token, value: "${secret.shop.token}"}
    assert:
      - {on: body, op: contains, value: "you said"}
    """
        .formatted(address);
  }

  /** Runs a command and gives what it printed. */
  private String say(int exitCode, String text, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--hub", url, "--credentials", account.toString()));
    if (List.of("secret", "apply").contains(arguments[0]) && !all.contains("list")) {
      all.addAll(List.of("--key", folder.resolve("ada.key").toString()));
    }
    JiggetyProcess said = run(all.toArray(String[]::new));
    assertThat(said.waitFor()).as(said.output()).isEqualTo(exitCode);
    assertThat(said.output()).contains(text);
    return said.output();
  }

  private JiggetyProcess run(String... arguments) {
    JiggetyProcess process =
        JiggetyProcess.start(
            Map.of("XDG_CONFIG_HOME", folder.resolve("config").toString()), arguments);
    processes.add(process);
    return process;
  }

  private String data(String role) {
    return folder.resolve(role).toString();
  }

  private String content(String text) throws IOException {
    return secretFile("content", text + "\n").toString();
  }

  private Path secretFile(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
    return file;
  }
}
