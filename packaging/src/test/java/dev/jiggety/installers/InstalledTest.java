package dev.jiggety.installers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import dev.jiggety.testing.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * From a package to results on a hub, in a system that has nothing of ours: installed, a hub with
 * TLS, a manager, a node that enrols itself, upgraded, removed, purged.
 */
class InstalledTest {
  private static final Path CACHE = Path.of("target", "clean-root").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Map<String, String> ADMIN =
      Map.of(
          "HOME", "/root",
          "JIGGETY_USER", "admin",
          "JIGGETY_PASSWORD", "correct horse battery",
          "JIGGETY_KEY", "/root/ada.key");

  private static CleanRoot root;

  private final List<Process> running = new ArrayList<>();
  private final int port = Ports.free();
  private final String hub = "https://127.0.0.1:" + port;

  @BeforeAll
  static void build() throws IOException {
    String missing = missing();
    if (!missing.isEmpty()) {
      System.err.println("\n*** THE PACKAGES ARE NOT TESTED HERE: " + missing + " ***\n");
    }
    assumeTrue(missing.isEmpty(), missing);
    Packages.build();
    root = CleanRoot.create(CACHE, CACHE.resolve("tested"));
  }

  /** What is missing, which is said aloud. */
  private static String missing() {
    if (!Boolean.getBoolean("jiggety.installed")) {
      return "it takes many minutes: run ./jiggety verify -Djiggety.installed=true";
    }
    if (!"root".equals(System.getProperty("user.name"))) {
      return "only root may make a clean system";
    }
    for (String tool : List.of("dpkg-deb", "debootstrap", "lintian", "rpmbuild")) {
      if (Command.of("sh", "-c", "command -v " + tool).attempt().exit() != 0) {
        return tool + " is not installed";
      }
    }
    if (!Files.isRegularFile(Path.of("../agent/target/class-path"))) {
      return "there are no jars: run it by ./jiggety verify";
    }
    return "";
  }

  @AfterEach
  void stopAll() {
    running.reversed().forEach(InstalledTest::stop);
  }

  @AfterAll
  static void remove() {
    if (root != null) {
      root.remove();
    }
  }

  @Test
  void lintianFindsNoErrors() throws IOException {
    for (String product : List.of("agent", "desktop")) {
      Command.of(
              "lintian",
              "--allow-root",
              "--fail-on",
              "error",
              Packages.deb(product, Packages.FIRST).toString())
          .run();
    }
  }

  @Test
  void twoBuildsAreEqualByteByByte() throws IOException {
    Path first = Packages.find("jiggety-agent-" + Packages.FIRST + "-*.tar.gz");
    Path deb = Packages.deb("agent", Packages.FIRST);
    byte[] archive = Files.readAllBytes(first);
    byte[] packed = Files.readAllBytes(deb);
    Packages.build("agent", "deb", "tar", "--version", Packages.FIRST);
    // Not isEqualTo, which would print a hundred million numbers.
    assertThat(Arrays.equals(Files.readAllBytes(first), archive)).as("the tar.gz").isTrue();
    assertThat(Arrays.equals(Files.readAllBytes(deb), packed)).as("the deb").isTrue();
  }

  @Test
  void desktopRunsFromItsPackage() throws IOException {
    Set<String> before = root.files();
    Path deb = Packages.deb("desktop", Packages.FIRST);
    assertThat(Command.of("apt-get", "-s", "install", deb.toString()).attempt().said())
        .as("what it depends on is to be had")
        .doesNotContain("unmet dependencies");
    Files.copy(deb, root.path("/tmp/desktop.deb"));
    root.asRoot("dpkg", "--force-depends", "--install", "/tmp/desktop.deb").run();
    assertThat(root.asRoot("jiggety-desktop", "--help").run()).contains("--hub URL");
    root.asRoot("dpkg", "--purge", "jiggety-desktop").run();
    assertThat(added(before)).isEmpty();
    assertThat(
            Command.of("rpm", "-qp", "--list", Packages.find("jiggety-desktop-*.rpm").toString())
                .run())
        .contains("/usr/bin/jiggety-desktop", "/usr/share/applications/jiggety-desktop.desktop");
  }

  @Test
  void installedEnrolledUpgradedRemovedPurged() throws Exception {
    Set<String> before = root.files();
    install(Packages.FIRST);
    assertThat(root.asRoot("jiggety", "--version").run()).contains("jiggety " + Packages.FIRST);
    assertThat(owner("/var/lib/jiggety/node")).isEqualTo("jiggety 700");

    startHub();
    startManager();
    HttpServer site = site();
    try {
      putTestInForce(site);
      enrol();
      Process node = start("node", Map.of());
      await("results are seen on the hub").atMost(PATIENCE).until(() -> results() > 0);

      ServiceUnit unit = new ServiceUnit(root, "node");
      unit.configure("# mine\n");
      stop(node);
      Set<String> state = state();
      int told = results();
      install(Packages.NEXT);
      assertThat(root.asRoot("jiggety", "--version").run()).contains("jiggety " + Packages.NEXT);
      assertThat(Files.readString(root.path("/etc/jiggety/node.conf"))).isEqualTo("# mine\n");
      assertThat(state()).as("an upgrade keeps all state").containsAll(state);
      start("node", Map.of());
      await("it goes on where it was").atMost(PATIENCE).until(() -> results() > told);
    } finally {
      site.stop(0);
    }
    stopAll();
    removeAndPurge(before);
  }

  private void install(String version) throws IOException {
    Files.copy(Packages.deb("agent", version), root.path("/tmp/agent-" + version + ".deb"));
    root.asRoot(
            "apt-get", "install", "-y", "--no-install-recommends", "/tmp/agent-" + version + ".deb")
        .run();
  }

  private void startHub() throws IOException {
    String folder = "/var/lib/jiggety/hub/tls";
    root.as(
            "jiggety",
            Map.of(),
            List.of("jiggety", "provision", "--tls", folder, "--host", "127.0.0.1"))
        .run();
    new ServiceUnit(root, "hub")
        .configure(
            "JIGGETY_HUB_OPTIONS='--port %d --tls-certificate %s/hub.pem --tls-key %s/hub.key'%n"
                .formatted(port, folder, folder));
    Files.copy(root.path(folder + "/ca.pem"), root.path("/root/ca.pem"));
    start(
        "hub",
        Map.of(
            "JIGGETY_ADMIN_USER",
            "admin",
            "JIGGETY_ADMIN_PASSWORD",
            ADMIN.get("JIGGETY_PASSWORD")));
    await("the hub lets us in")
        .atMost(PATIENCE)
        .until(() -> admin("provision").attempt().exit() == 0);
  }

  private void startManager() throws IOException {
    admin("key", "create", "--name", "ada", "--out", "/root/ada.key").run();
    String line = admin("key", "show", "/root/ada.key").run();
    Files.writeString(root.path("/etc/jiggety/operators.pub"), line);
    new ServiceUnit(root, "manager")
        .configure(
            "JIGGETY_HUB=%s%nJIGGETY_CA=/var/lib/jiggety/hub/tls/ca.pem%n".formatted(hub)
                + "JIGGETY_MANAGER_OPTIONS='--trust /etc/jiggety/operators.pub'\n");
    start(
        "manager",
        Map.of("JIGGETY_USER", "admin", "JIGGETY_PASSWORD", ADMIN.get("JIGGETY_PASSWORD")));
  }

  private void putTestInForce(HttpServer site) throws IOException {
    Files.writeString(
        root.path("/root/home.yaml"),
        """
        id: home
        http: {url: "http://127.0.0.1:%d/"}
        schedule: {every: 1s}
        timeout: 1s
        retries: {count: 0}
        """
            .formatted(site.getAddress().getPort()));
    await("the manager carries out patches")
        .atMost(PATIENCE)
        .until(() -> admin("apply", "/root/home.yaml").attempt().exit() == 0);
  }

  /** As its operator and its administrator do: nothing but the token goes from one to the other. */
  private void enrol() {
    String said = admin("enroll", "token", "--tags", "prod", "--name", "paris").run();
    String join =
        said.lines().filter(line -> line.contains("enroll join")).findFirst().orElseThrow();
    List<String> words =
        new ArrayList<>(List.of(join.substring(join.indexOf("jiggety")).split("\\s+", -1)));
    root.as("jiggety", Map.of("HOME", "/var/lib/jiggety"), words).run();
  }

  private int results() {
    Command.Result result =
        admin("results", "--test", "home", "--node", "paris", "--since", "10m", "--json").attempt();
    int begin = result.said().indexOf('[');
    if (result.exit() != 0 || begin < 0) {
      return 0;
    }
    JsonArray runs = JsonParser.parseString(result.said().substring(begin)).getAsJsonArray();
    return runs.size();
  }

  /** A command of the operator's, who is root there. */
  private Command admin(String... words) {
    List<String> all = new ArrayList<>(List.of("jiggety"));
    all.addAll(List.of(words));
    var environment = new java.util.TreeMap<>(ADMIN);
    environment.put("JIGGETY_HUB", hub);
    environment.put("JIGGETY_CA", "/root/ca.pem");
    return root.as("root", environment, all);
  }

  private Process start(String role, Map<String, String> environment) throws IOException {
    Path log = Files.createDirectories(Path.of("target")).resolve("installed-" + role + ".log");
    Process process = new ServiceUnit(root, role).command(environment).start(log);
    running.add(process);
    return process;
  }

  private static void stop(Process process) {
    process.destroy();
    process.onExit().orTimeout(40, java.util.concurrent.TimeUnit.SECONDS).join();
  }

  private Set<String> state() {
    return new TreeSet<>(
        root.files().stream()
            .filter(
                path -> path.startsWith("/var/lib/jiggety/node/identity") || path.endsWith(".db"))
            .toList());
  }

  private String owner(String path) {
    return root.asRoot("stat", "-c", "%U %a", path).run().strip();
  }

  private void removeAndPurge(Set<String> before) {
    root.asRoot("apt-get", "remove", "-y", "jiggety-agent").run();
    assertThat(root.path("/usr/lib/jiggety-agent")).doesNotExist();
    assertThat(root.path("/var/lib/jiggety/node/identity")).as("state stays").isDirectory();
    assertThat(root.path("/etc/jiggety/node.conf")).hasContent("# mine");
    root.asRoot("apt-get", "purge", "-y", "jiggety-agent").run();
    assertThat(root.asRoot("getent", "passwd", "jiggety").attempt().exit()).isNotZero();
    assertThat(root.asRoot("getent", "group", "jiggety").attempt().exit()).isNotZero();
    assertThat(added(before)).as("nothing is left").isEmpty();
  }

  private static Set<String> added(Set<String> before) {
    Set<String> added = new TreeSet<>(root.files());
    added.removeAll(before);
    return added;
  }

  private static HttpServer site() throws IOException {
    HttpServer site =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    site.start();
    return site;
  }
}
