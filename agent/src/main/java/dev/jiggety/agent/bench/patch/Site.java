package dev.jiggety.agent.bench.patch;

import dev.jiggety.agent.bench.Program;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.SigningKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An installation on this machine, each part a process of its own: what they print and keep is in
 * one folder. Parts end with it, the last one started first. For one thread.
 */
final class Site implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Pattern MANAGER_READY = Pattern.compile("key of this manager");
  private static final Pattern FARM_READY = Pattern.compile("farm of \\d+ nodes is up");
  private static final Pattern LISTENING = Pattern.compile("hub is listening on (\\S+)");

  private final Program program;
  private final Path folder;
  private final Path logs;
  private final Path trust;
  private final SigningKey operator;
  private final Deque<Part> parts = new ArrayDeque<>();

  /**
   * A site without any part; makes the operator's key.
   *
   * @param folder there, and empty
   */
  Site(Program program, Path folder) throws IOException {
    this.program = program;
    this.folder = folder;
    this.logs = Files.createDirectories(folder.resolve("logs"));
    this.operator = SigningKey.generate(Shelf.AUTHOR, TrustedKey.Role.OPERATOR);
    this.trust = folder.resolve("trusted.pub");
    Files.writeString(trust, KeyFile.line(operator.trusted()) + "\n");
  }

  /** The key with which its patches are signed. */
  SigningKey operator() {
    return operator;
  }

  /** Where a part keeps its data. */
  Path data(String part) {
    return folder.resolve(part).toAbsolutePath();
  }

  /**
   * A part that is not started yet.
   *
   * @param name of the part, its log and its folder
   * @param ready what it prints when it is there
   */
  Part part(String name, Pattern ready, String... arguments) {
    return command(name, ready, program.with(Arrays.asList(arguments)));
  }

  /** The same with a command of its own. */
  Part command(String name, Pattern ready, List<String> command) {
    Part part = new Part(name, command, logs.resolve(name + ".log"), ready);
    parts.push(part);
    return part;
  }

  /** Lets every manager that starts later believe a key. */
  void trust(TrustedKey key) throws IOException {
    Files.writeString(trust, KeyFile.line(key) + "\n", StandardOpenOption.APPEND);
  }

  /** An embedded hub on that port, open to everybody on this machine; not started yet. */
  Part hub(int port) {
    return hub("hub", port);
  }

  /** The same under another name. */
  Part hub(String name, int port) {
    String data = data(name).toString();
    return part(
        name, LISTENING, "hub", "--port", String.valueOf(port), "--data", data, "--admin-party");
  }

  /** Makes the key of a manager, and lets every manager that starts later believe it. */
  void makeKey(String manager) throws IOException {
    Files.createDirectories(data(manager));
    SigningKey key = SigningKey.generate(manager, TrustedKey.Role.MANAGER);
    KeyFile.create(data(manager).resolve("manager.key"), key);
    trust(key.trusted());
  }

  /**
   * A manager with the key that was made for it; not started yet.
   *
   * @param queue where the broker is; empty for its own
   */
  Part manager(String name, HubAddress hub, DatabaseNames names, Optional<String> queue) {
    List<String> arguments = new ArrayList<>(List.of("manager"));
    arguments.addAll(onHub(name, hub, names));
    arguments.addAll(List.of("--trust", trust.toAbsolutePath().toString()));
    queue.ifPresent(url -> arguments.addAll(List.of("--queue", url)));
    return part(name, MANAGER_READY, arguments.toArray(String[]::new));
  }

  /** The same on several hubs, the preferred one first, with its own broker. */
  Part manager(String name, List<HubAddress> hubs, DatabaseNames names) {
    List<String> arguments = new ArrayList<>(List.of("manager", "--hub"));
    arguments.add(hubs.stream().map(HubAddress::toString).collect(Collectors.joining(",")));
    arguments.addAll(List.of("--prefix", names.prefix(), "--data", data(name).toString()));
    arguments.addAll(List.of("--trust", trust.toAbsolutePath().toString()));
    return part(name, MANAGER_READY, arguments.toArray(String[]::new));
  }

  /** Light nodes; not started yet. */
  Part farm(String name, HubAddress hub, DatabaseNames names, List<String> nodes) {
    List<String> arguments = new ArrayList<>(List.of("bench", "farm"));
    arguments.addAll(onHub(name, hub, names));
    arguments.addAll(List.of("--nodes", String.join(",", nodes)));
    return part(name, FARM_READY, arguments.toArray(String[]::new));
  }

  private List<String> onHub(String name, HubAddress hub, DatabaseNames names) {
    return List.of(
        "--hub", hub.toString(), "--prefix", names.prefix(), "--data", data(name).toString());
  }

  /** Starts a hub, and says where it is. */
  HubAddress start(Part hub) throws IOException, InterruptedException {
    hub.start();
    Matcher said = hub.awaitReady(PATIENCE);
    return HubAddress.parse(said.group(1), Optional.empty());
  }

  /** A port that is free just now. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    while (!parts.isEmpty()) {
      parts.pop().close();
    }
  }
}
