package dev.jiggety.agent.secret;

import com.google.gson.JsonObject;
import dev.jiggety.agent.probe.SecretMissingException;
import dev.jiggety.agent.probe.Secrets;
import dev.jiggety.base.Backoff;
import dev.jiggety.base.Secret;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.SecretsDocument;
import dev.jiggety.model.Envelope;
import dev.jiggety.model.SealedSecret;
import dev.jiggety.model.SecretIndex;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.model.rules.Placeholders;
import dev.jiggety.model.rules.SecretRules;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.SecretRepository;
import dev.jiggety.signing.Envelopes;
import dev.jiggety.signing.Flaw;
import dev.jiggety.signing.SealingKey;
import dev.jiggety.signing.SignatureException;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.Trust;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of a node: those that are sealed to it, opened into memory alone, else those in
 * files. It hears of the index by the feed of the head, and gets from the hub what its tests ask
 * for. What no trusted manager has signed is not believed, and nothing older than what it has seen,
 * however often it was started. Safe for any thread; what waits for the hub is on a thread of its
 * own, whose loop cannot die.
 */
public final class NodeSecrets implements Secrets, AutoCloseable {
  private static final Logger LOG = System.getLogger(NodeSecrets.class.getName());
  private static final Duration USUAL = Duration.ofMinutes(1);
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(250), Duration.ofSeconds(15));

  /** Far more than a node's tests refer to. */
  private static final int MOST_WANTED = 10_000;

  private final String recipient;
  private final SealingKey key;
  private final SecretRepository hub;
  private final Supplier<Trust> trust;
  private final Supplier<Duration> spread;
  private final Secrets files;
  private final KeptSecrets kept;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Semaphore signal = new Semaphore(0);
  private final Thread thread;
  private final Set<String> wanted = new ConcurrentSkipListSet<>();
  private final Map<String, Held> held = new ConcurrentHashMap<>();

  /** By name, the version of the document that was looked at last and is not for this node. */
  private final Map<String, Long> others = new ConcurrentHashMap<>();

  private volatile SecretIndex index;
  private volatile @Nullable JsonObject shown;
  private volatile String trouble = "";
  private volatile boolean closed;
  private int failures;

  /** One that this node can open. */
  private record Held(SealedSecret sealed, Secret content) {}

  /**
   * Has what was kept; {@link #start} begins to ask the hub.
   *
   * @param node the node's name
   * @param key opens what is sealed to it
   * @param file where it keeps what is sealed
   * @param hub to get secrets from
   * @param trust whom the node believes now
   * @param spread over how long what nobody waits for is asked of the hub
   * @param files asked for what is not sealed
   */
  public NodeSecrets(
      String node,
      SealingKey key,
      Path file,
      SecretRepository hub,
      Supplier<Trust> trust,
      Supplier<Duration> spread,
      Secrets files) {
    this.recipient = SealedSecret.node(node);
    this.key = key;
    this.hub = hub;
    this.trust = trust;
    this.spread = spread;
    this.files = files;
    this.kept = new KeptSecrets(file);
    KeptSecrets.Kept before = kept.read();
    this.index = before.index();
    before.secrets().forEach(this::take);
    this.thread = Thread.ofVirtual().name("sealed secrets").unstarted(this::loop);
  }

  /** Begins to ask the hub. */
  public void start() {
    thread.start();
  }

  /** The hub shows the index; null when it has none. Not believed unseen; does not block. */
  public void shown(@Nullable JsonObject document) {
    if (document != null) {
      shown = document;
      signal.release();
    }
  }

  /** These are needed: they are fetched before they are asked for. */
  public void want(Collection<String> names) {
    for (String name : names) {
      if (wanted.size() < MOST_WANTED && wanted.add(name)) {
        signal.release();
      }
    }
  }

  /** Whether one that was asked for is there and may be sealed to this node within a moment. */
  public boolean isComing() {
    return wanted.stream().anyMatch(it -> !held.containsKey(it) && index.secrets().containsKey(it));
  }

  /** What people should look at; empty when all is well. */
  public List<String> notices() {
    return trouble.isEmpty() ? List.of() : List.of(trouble);
  }

  @Override
  public Secret get(String name) throws SecretMissingException {
    Held found = held.get(name);
    if (found != null) {
      return found.content();
    }
    if (Placeholders.isSecretName(name)) {
      want(List.of(name));
    }
    try {
      return files.get(name);
    } catch (SecretMissingException e) {
      throw new SecretMissingException(e.getMessage() + "; " + whyNot(name));
    }
  }

  private String whyNot(String name) {
    SecretIndex now = index;
    if (!now.secrets().containsKey(name)) {
      return "or seal it to those who need it: jiggety secret set " + name;
    }
    return others.containsKey(name)
        ? "it is set, but not sealed to this node: see jiggety secret list, and whether a manager"
            + " runs"
        : "it is set, and on its way to this node";
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    held.clear();
  }

  private void loop() {
    try {
      while (!closed) {
        Duration wait = work();
        if (signal.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
          signal.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the node ends
    }
  }

  /** Does what there is to do; gives how long nothing is to be done. */
  private Duration work() throws InterruptedException {
    try {
      boolean isHeard = look();
      boolean isFetched = fetch();
      if (isHeard && isFetched) {
        failures = 0;
        return USUAL;
      }
    } catch (HubException e) {
      LOG.log(Level.DEBUG, "secrets are asked for again: {0}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the secrets are looked at again after a fault", e);
    }
    return BACKOFF.delay(failures++, random);
  }

  /** Looks at what the hub shows; false as long as it may become believable. */
  @SuppressWarnings("ReferenceEquality") // whether another one was shown meanwhile
  boolean look() {
    JsonObject document = shown;
    if (document == null) {
      return true;
    }
    try {
      Signatures.check(document, trust.get(), Role.MANAGER);
      SecretIndex next = SecretsDocument.TYPE.read(document);
      if (next.version() < index.version()) {
        say("the hub shows older secrets than this node has seen; was it put back to a backup?");
      } else if (next.version() > index.version()) {
        index = next;
        held.keySet().retainAll(next.secrets().keySet());
        others.keySet().retainAll(next.secrets().keySet());
        keep();
        say("");
      }
    } catch (SignatureException e) {
      say("the secrets on the hub are not believed: " + e.getMessage());
      return e.flaw() != Flaw.UNKNOWN_KEY; // whom the node believes may come a moment later
    } catch (DocumentException e) {
      say("the secrets on the hub cannot be read: " + e.getMessage());
    }
    if (shown == document) {
      shown = null;
    }
    return true;
  }

  private void say(String text) {
    if (!text.equals(trouble)) {
      trouble = text;
      if (!text.isEmpty()) {
        LOG.log(Level.WARNING, "{0}", text);
      }
    }
  }

  /** Gets what is missing or has changed; false when not all of it could be had. */
  boolean fetch() throws InterruptedException {
    Set<String> due = due();
    if (due.isEmpty()) {
      return true;
    }
    boolean isAwaited = due.stream().anyMatch(it -> !held.containsKey(it));
    long most = isAwaited ? 0 : spread.get().toMillis();
    if (most > 0) {
      Thread.sleep(random.nextLong(most + 1));
    }
    for (SealedSecret secret : hub.secrets(due, trust.get())) {
      SecretIndex.Entry entry = index.secrets().get(secret.name());
      if (entry != null && secret.version() >= entry.version()) {
        take(secret);
      }
    }
    keep();
    return due().isEmpty();
  }

  private Set<String> due() {
    Set<String> due = new TreeSet<>();
    index
        .secrets()
        .forEach((name, entry) -> {
          Held mine = held.get(name);
          boolean isNew =
              mine == null
                  ? wanted.contains(name) && others.getOrDefault(name, 0L) < entry.version()
                  : mine.sealed().content() < entry.content();
          if (isNew) {
            due.add(name);
          }
        });
    return due;
  }

  private void take(SealedSecret secret) {
    Optional<Secret> content = open(secret);
    if (content.isPresent()) {
      held.put(secret.name(), new Held(forMeAlone(secret), content.get()));
      others.remove(secret.name());
    } else {
      held.remove(secret.name());
      others.put(secret.name(), secret.version());
    }
  }

  private Optional<Secret> open(SealedSecret secret) {
    if (!Envelopes.isFor(secret.sealed(), recipient, key.open())) {
      return Optional.empty();
    }
    try {
      return SecretRules.text(
              Envelopes.open(secret.sealed(), recipient, key, SealedSecret.purpose(secret.name())))
          .map(Secret::of);
    } catch (GeneralSecurityException e) {
      LOG.log(Level.WARNING, "the secret {0} cannot be opened here", secret.name());
      return Optional.empty();
    }
  }

  /** Who else can open it takes room and is nobody's business here. */
  private SealedSecret forMeAlone(SealedSecret secret) {
    TreeMap<String, Envelope.Slip> mine = new TreeMap<>(secret.sealed().slips());
    mine.keySet().retainAll(Set.of(recipient));
    return new SealedSecret(
        secret.name(),
        secret.version(),
        secret.content(),
        secret.since(),
        secret.by(),
        secret.order(),
        secret.ordered(),
        new Envelope(secret.sealed().content(), mine),
        new TreeSet<>());
  }

  private void keep() {
    try {
      kept.write(index, held.values().stream().map(Held::sealed).toList());
    } catch (IOException e) {
      say("the sealed secrets cannot be kept: " + e.getMessage() + "; make room on the disk");
    }
  }
}
