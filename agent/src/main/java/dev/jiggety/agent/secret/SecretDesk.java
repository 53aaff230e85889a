package dev.jiggety.agent.secret;

import com.google.gson.JsonObject;
import dev.jiggety.document.DepositDocument;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.document.SecretDocument;
import dev.jiggety.document.SecretReferences;
import dev.jiggety.document.SecretsDocument;
import dev.jiggety.model.CommandAnswer;
import dev.jiggety.model.Deposit;
import dev.jiggety.model.SealedSecret;
import dev.jiggety.model.SecretIndex;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.model.rules.SecretRules;
import dev.jiggety.repository.HubException;
import dev.jiggety.signing.SealingKey;
import dev.jiggety.signing.SignatureException;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.Trust;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The active manager's part: opens what operators hand in, and keeps every secret sealed to exactly
 * the members that need it and the managers, whatever comes and goes. Nodes are woken once for all
 * that a look brings. On a thread of its own; the loop cannot die.
 */
public final class SecretDesk implements AutoCloseable {
  private static final Logger LOG = System.getLogger(SecretDesk.class.getName());

  /** Between looks, so that many changes at once wake nodes once or twice. */
  private static final Duration BETWEEN = Duration.ofMillis(200);

  /** It looks without being told as well. */
  private static final Duration USUAL = Duration.ofSeconds(30);

  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration LAST = Duration.ofSeconds(3);
  private static final String HUB = "hub";
  private static final String STRANGERS = "not believed";

  private final SecretBoard board;
  private final SecretTerm term;
  private final SealingKey key;
  private final Sealing sealing;
  private final ManagerSecrets known;
  private final SeenMembers seen;
  private final Semaphore signal = new Semaphore(1);
  private final Thread thread;
  private final Set<String> troubles = new HashSet<>();
  private @Nullable AutoCloseable feed;
  private volatile boolean closed;
  private List<Object> basis = List.of();
  private SortedMap<String, SortedSet<String>> needs = new TreeMap<>();

  private SecretDesk(
      SecretBoard board, SecretTerm term, SealingKey key, ManagerSecrets known, SeenMembers seen) {
    this.seen = seen;
    this.board = board;
    this.term = term;
    this.key = key;
    this.known = known;
    this.sealing = new Sealing(SealedSecret.manager(term.key().trusted().id()), key);
    this.thread = Thread.ofVirtual().name("secrets").unstarted(this::loop);
  }

  /**
   * Begins and returns at once.
   *
   * @param key what secrets for this manager are sealed to
   * @param known learns what there is, for channels
   * @param members the file in which this manager keeps how far each member was
   * @throws IllegalArgumentException when that file is damaged
   */
  public static SecretDesk begin(
      SecretBoard board, SecretTerm term, SealingKey key, ManagerSecrets known, Path members) {
    SecretDesk desk = idle(board, term, key, known, members);
    desk.feed = board.follow(desk.signal::release, desk::heard);
    desk.thread.start();
    return desk;
  }

  /** One that does nothing by itself; for tests, which say when. */
  static SecretDesk idle(
      SecretBoard board, SecretTerm term, SealingKey key, ManagerSecrets known, Path members) {
    return new SecretDesk(board, term, key, known, SeenMembers.open(members));
  }

  private void heard(String feed, String why) {
    if (why.isEmpty()) {
      term.fine(feed);
    } else {
      term.trouble(feed, why);
    }
  }

  private void loop() {
    try {
      while (!closed && !term.isOver()) {
        if (signal.tryAcquire(USUAL.toMillis(), TimeUnit.MILLISECONDS)) {
          signal.drainPermits();
        }
        if (!board.isComplete()) {
          continue;
        }
        Thread.sleep(work() ? BETWEEN : AGAIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private boolean work() {
    try {
      look();
      term.fine(HUB);
      return true;
    } catch (HubException e) {
      term.trouble(HUB, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the secrets are looked at again after a fault", e);
    }
    signal.release();
    return false;
  }

  /** Does what there is to do. */
  void look() {
    if (term.isOver()) {
      return;
    }
    SecretBoard.View view = board.view();
    Trust trust = term.trust().and(Trust.of(List.of(term.key().trusted())));
    // Before there are secrets as well: who was sent away then gets none later.
    World world = World.of(view, trust).with(seen);
    boolean isIdle =
        view.deposits().isEmpty()
            && !view.config().containsKey(Ids.secrets())
            && view.config().tailMap(Ids.secret("")).keySet().stream()
                .findFirst()
                .filter(it -> it.startsWith(Ids.secret("")))
                .isEmpty();
    if (isIdle) {
      return;
    }
    tell(STRANGERS, String.join("; ", world.strangers()));
    if (!isProven(view, world, trust)) {
      term.says("waits until the configuration is what the head says");
      return;
    }
    Turn turn = new Turn(world);
    List<CommandAnswer> answers = new ArrayList<>();
    orders(view, trust, answers).forEach(it -> answers.add(turn.carryOut(it)));
    turn.fit();
    turn.write();
    known.learn(turn.secrets.values(), sealing.own(), key);
    answers.forEach(this::answer);
    term.says(
        turn.secrets.size() == 1
            ? "1 secret is sealed"
            : turn.secrets.size() + " secrets are sealed");
  }

  /** Who needs what; found out anew only when something that matters has changed. */
  private boolean isProven(SecretBoard.View view, World world, Trust trust) {
    List<Object> now =
        List.of(
            Optional.ofNullable(view.config().get(Ids.head())),
            Optional.ofNullable(view.config().get(Ids.candidate())),
            world.members(),
            trust);
    if (now.equals(basis)) {
      return true;
    }
    Optional<List<TestDefinition>> tests = Proven.tests(view.config(), trust);
    if (tests.isEmpty()) {
      return false;
    }
    needs = SecretRules.needs(tests.get(), world.members(), SecretReferences::in);
    basis = now;
    return true;
  }

  /** Those that are signed by an operator, in the order in which they were given. */
  private List<Deposit> orders(SecretBoard.View view, Trust trust, List<CommandAnswer> refused) {
    List<Deposit> orders = new ArrayList<>();
    view.deposits()
        .forEach((id, document) -> {
          String depositId = id.substring(Ids.deposit("").length());
          try {
            Signatures.check(document, trust, Role.OPERATOR);
            orders.add(DepositDocument.TYPE.read(document));
          } catch (SignatureException | DocumentException e) {
            refused.add(
                new CommandAnswer(depositId, false, String.valueOf(e.getMessage()), term.now()));
          }
        });
    orders.sort(Comparator.comparing(Deposit::created).thenComparing(Deposit::id));
    return orders;
  }

  private void answer(CommandAnswer answer) {
    if (!term.isOver()) {
      board.answer(answer);
    }
  }

  /** Tells a trouble, or that it is over when the text is empty. */
  private void tell(String about, String text) {
    if (text.isEmpty()) {
      if (troubles.remove(about)) {
        term.fine(about);
      }
    } else {
      troubles.add(about);
      term.trouble(about, text);
    }
  }

  @Override
  public void close() {
    closed = true;
    known.forget();
    try {
      AutoCloseable following = feed;
      if (following != null) {
        following.close();
      }
      thread.interrupt();
      if (thread.getState() != Thread.State.NEW) {
        thread.join(LAST);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.log(Level.WARNING, "a feed of secrets does not end well", e);
    }
  }

  /** One look: what was there, and what is to be written. */
  private final class Turn {
    private final World world;
    private final Instant now = term.now();
    private final long version;
    private final SortedMap<String, SealedSecret> secrets;
    private final SortedMap<String, Instant> removed;

    Turn(World world) {
      this.world = world;
      this.version = SecretRules.version(world.highest(), now);
      this.secrets = new TreeMap<>(world.secrets());
      this.removed = new TreeMap<>(world.index().removed());
      removed.values().removeIf(it -> it.plus(SecretRules.LIFETIME).isBefore(now));
    }

    /** Who may know a secret of that name: the managers, and the members that need it. */
    private Map<String, String> recipients(String name) {
      Map<String, String> recipients = new TreeMap<>(world.managers());
      recipients.put(sealing.own(), key.open());
      recipients.putAll(world.nodes(needs.getOrDefault(name, new TreeSet<>())));
      return recipients;
    }

    CommandAnswer carryOut(Deposit deposit) {
      String name = deposit.secret();
      SealedSecret before = secrets.get(name);
      SecretIndex index = new SecretIndex(0, new TreeMap<>(), removed);
      boolean isDone =
          before == null
              ? deposit.act() == Deposit.Act.REMOVE && deposit.created().equals(removed.get(name))
              : before.order().equals(deposit.id());
      if (isDone) {
        return done(deposit);
      }
      Optional<String> refusal = SecretRules.refusal(deposit, before, index, now);
      if (refusal.isPresent()) {
        return new CommandAnswer(deposit.id(), false, refusal.get(), now);
      }
      try {
        if (deposit.act() == Deposit.Act.REMOVE) {
          secrets.remove(name);
          removed.put(name, deposit.created());
        } else {
          secrets.put(name, sealing.ordered(deposit, before, recipients(name), version));
          removed.remove(name);
        }
        return done(deposit);
      } catch (Sealing.SealingException e) {
        return new CommandAnswer(deposit.id(), false, String.valueOf(e.getMessage()), now);
      }
    }

    private CommandAnswer done(Deposit deposit) {
      String name = deposit.secret();
      SortedSet<String> nodes = needs.getOrDefault(name, new TreeSet<>());
      String text =
          deposit.act() == Deposit.Act.REMOVE
              ? "the secret " + name + " is removed"
              : nodes.isEmpty()
                  ? "the secret " + name + " is kept; no enrolled node runs a test that needs it"
                  : "the secret " + name + " is sealed to " + String.join(", ", nodes);
      return new CommandAnswer(deposit.id(), true, text, now);
    }

    /** Seals each to those who may know it now. */
    void fit() {
      for (SealedSecret secret : List.copyOf(secrets.values())) {
        String name = secret.name();
        String signer = world.signers().getOrDefault(name, "");
        boolean isOthers = !signer.isEmpty() && !signer.equals(term.key().trusted().id());
        try {
          secrets.put(name, sealing.fitted(secret, recipients(name), isOthers, version));
          tell("secret " + name, "");
        } catch (Sealing.SealingException e) {
          tell("secret " + name, String.valueOf(e.getMessage()));
        }
      }
    }

    /** First the secrets, then the index, which is what nodes go by. */
    void write() {
      SortedMap<String, SecretIndex.Entry> entries = new TreeMap<>();
      secrets.forEach((name, secret) -> {
        if (!secret.equals(world.secrets().get(name))) {
          put(SecretDocument.TYPE.write(secret));
        }
        entries.put(name, new SecretIndex.Entry(secret.version(), secret.content()));
      });
      for (String name : world.secrets().keySet()) {
        if (!secrets.containsKey(name) && !term.isOver()) {
          board.remove(Ids.secret(name));
        }
      }
      boolean isSame =
          entries.equals(world.index().secrets())
              && removed.keySet().equals(world.index().removed().keySet())
              && world.indexSigner().equals(term.key().trusted().id());
      if (!isSame) {
        put(SecretsDocument.TYPE.write(new SecretIndex(version, entries, removed)));
      }
    }

    private void put(JsonObject document) {
      if (term.isOver()) {
        throw new HubException(HubException.Kind.REFUSED, "this manager is not active any more");
      }
      board.put(Signatures.sign(document, term.key()));
    }
  }
}
