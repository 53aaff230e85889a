package dev.jiggety.repository;

import dev.jiggety.model.Deposit;
import dev.jiggety.model.Member;
import dev.jiggety.model.SealedSecret;
import dev.jiggety.model.Sealer;
import dev.jiggety.model.SecretIndex;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Sealed secrets as people and nodes see them. Nothing here can open one. What managers have not
 * signed is left out. Safe for any thread; each call asks the hub and throws {@link HubException}
 * when it cannot.
 */
public interface SecretRepository {

  /** What contents for managers are sealed to; whom to believe is said by the caller. */
  List<Sealer> sealers(Trust trust);

  /**
   * Signs an order and hands it in; {@code PatchRepository.answer} tells what became of it. Handing
   * in the same one once more, after a lost answer, does nothing.
   */
  void order(Deposit deposit, SigningKey key);

  /** Which ones there are; empty where there never was any. */
  Optional<SecretIndex> index(Trust trust);

  /** Those of these names, sealed; in no order. */
  List<SealedSecret> secrets(Collection<String> names, Trust trust);

  /** Who belongs to the installation or did; empty where nobody is enrolled. */
  List<Member> members(Trust trust);
}
