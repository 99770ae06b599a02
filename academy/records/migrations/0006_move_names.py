import hashlib
import json
import secrets
from datetime import UTC

from django.core import signing
from django.db import migrations

from academy.lib.append_only import RefuseUpdates

FINAL = RefuseUpdates("Award")
SALT = "academy.records.award"


def signature(award):
    """Sign a certificate as the first version did; the form has not changed."""
    facts = {
        "code": award.code,
        "issued_at": award.issued_at.astimezone(UTC).isoformat(),
        "expires_at": award.expires_at.astimezone(UTC).isoformat() if award.expires_at else None,
        "payload": award.payload,
    }
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return signing.Signer(salt=SALT).signature(text)


def sign_again(award, payload):
    """Exchange the payload; a certificate that did not fit its signature before does not fit it afterwards either."""
    honest = award.signature == signature(award)
    award.payload = payload
    if honest:
        award.signature = signature(award)


def rewrite(schema_editor, Award, awards):
    """Store what was changed. The one time that the trigger is lifted: nothing that is printed becomes another."""
    FINAL.lift(schema_editor, Award._meta)
    Award.objects.bulk_update(awards, ["payload", "signature"], batch_size=500)
    FINAL.put(schema_editor, Award._meta)


def move_names(apps, schema_editor):
    Award, AwardHolder = apps.get_model("records", "Award"), apps.get_model("records", "AwardHolder")
    awards, holders = [], []
    for award in Award.objects.all():
        name, salt = award.payload.get("name", ""), secrets.token_hex(32)
        rest = {key: value for key, value in award.payload.items() if key != "name"}
        sign_again(award, {**rest, "holder": hashlib.sha256(f"{salt}:{name}".encode()).hexdigest()})
        awards.append(award)
        holders.append(AwardHolder(award=award, name=name, salt=salt if name else ""))
    rewrite(schema_editor, Award, awards)
    AwardHolder.objects.bulk_create(holders, batch_size=500)


def move_names_back(apps, schema_editor):
    Award, AwardHolder = apps.get_model("records", "Award"), apps.get_model("records", "AwardHolder")
    names = dict(AwardHolder.objects.values_list("award_id", "name"))
    awards = list(Award.objects.all())
    for award in awards:
        rest = {key: value for key, value in award.payload.items() if key != "holder"}
        sign_again(award, {**rest, "name": names.get(award.pk, "")})
    rewrite(schema_editor, Award, awards)
    AwardHolder.objects.all().delete()


class Migration(migrations.Migration):
    """Names move out of the signed payloads; what is left commits to them, and is signed again."""

    dependencies = [("records", "0005_name_apart_from_certificate")]

    operations = [migrations.RunPython(move_names, move_names_back)]
