"""The application's own tables, as Django's mapper sees them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

QUANTITY = {"max_digits": 12, "decimal_places": 2}


class Need(models.Model):
    id = models.UUIDField(primary_key=True)
    category = models.TextField()
    level = models.TextField()
    title = models.TextField()
    description = models.TextField()
    unit = models.TextField()
    min_lot = models.DecimalField(**QUANTITY)
    urgency = models.TextField()
    needed_from = models.DateField(null=True)
    needed_by = models.DateField(null=True)
    verified_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    disputed_since = models.DateField(null=True)
    size_band = models.TextField(null=True)

    class Meta:
        managed = False
        db_table = "need"


class VillageShare(models.Model):
    pk = models.CompositePrimaryKey("night", "village_code")
    night = models.DateField()
    village_code = models.TextField()
    county_code = models.TextField()
    rank = models.IntegerField()

    class Meta:
        managed = False
        db_table = "village_share"


class NeedBalance(models.Model):
    need = models.OneToOneField(Need, on_delete=models.DO_NOTHING, primary_key=True)
    quantity = models.DecimalField(**QUANTITY)
    held = models.DecimalField(**QUANTITY)
    delivered = models.DecimalField(**QUANTITY)
    confirmed = models.DecimalField(**QUANTITY)
    progress = models.TextField()
    listed = models.SmallIntegerField()
    published_at = models.DateTimeField()
    place = models.TextField()
    township_code = models.TextField()
    county_code = models.TextField()
    prefecture_code = models.TextField()
    province_code = models.TextField()
    category = models.TextField()
    level = models.TextField()
    share = models.ForeignObject(
        VillageShare, on_delete=models.DO_NOTHING, from_fields=["place"], to_fields=["village_code"], related_name="+"
    )

    class Meta:
        managed = False
        db_table = "need_balance"


class Region(models.Model):
    id = models.UUIDField(primary_key=True)
    code = models.TextField()
    name = models.TextField()
    level = models.TextField()
    parent_code = models.TextField(null=True)
    path_names = ArrayField(models.TextField())
    valid_to = models.DateField(null=True)

    class Meta:
        managed = False
        db_table = "region"


class NeedCounter(models.Model):
    pk = models.CompositePrimaryKey("region_code", "category", "level", "progress")
    region_code = models.TextField()
    category = models.TextField()
    level = models.TextField()
    progress = models.TextField()
    count = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "need_counter"


class CounterRun(models.Model):
    name = models.TextField(primary_key=True)
    as_of = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "counter_run"
